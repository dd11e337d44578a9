using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Roam.Terminal;

/// <summary>Operating system commands: titles (0, 1, 2), hyperlinks (8), clipboard (52). Others are consumed.</summary>
public sealed partial class Emulator
{
    /// <summary>Longer titles are cut, as in mosh; in UTF-16 units.</summary>
    public const int TitleLengthMax = 256;

    /// <summary>Longest hyperlink ("params;uri") in bytes: VTE's limits of 2083 for the URI and 250 for the id. A longer one is dropped, its text stays.</summary>
    public const int LinkLengthMax = 2083 + 250;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    internal void DispatchOsc(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out int command, out int digits) || command < 0)
        {
            return;
        }

        text = text[digits..];
        if (!text.IsEmpty)
        {
            if (text[0] != ';')
            {
                return;
            }

            text = text[1..];
        }

        switch (command)
        {
            case 0:
                Screen.IconName = Screen.Title = ReadTitle(text, Screen.Title);
                break;
            case 1:
                Screen.IconName = ReadTitle(text, Screen.IconName);
                break;
            case 2:
                Screen.Title = ReadTitle(text, Screen.Title);
                break;
            case 8:
                SetLink(text);
                break;
            case 52:
                SetClipboard(text);
                break;
            case ClusterOsc when !_options.AnswerQueries:
                ReadCluster(text);
                break;
        }
    }

    /// <summary>The title as a string; the very one it was if it says the same, so that a prompt that sets its title each time allocates nothing.</summary>
    private static string ReadTitle(ReadOnlySpan<byte> text, string? current)
    {
        Span<char> chars = stackalloc char[4 * TitleLengthMax];
        int length = Encoding.UTF8.GetChars(text[..Math.Min(text.Length, chars.Length)], chars);
        length = DropControls(chars[..length]);
        if (length > TitleLengthMax)
        {
            length = char.IsHighSurrogate(chars[TitleLengthMax - 1]) ? TitleLengthMax - 1 : TitleLengthMax;
        }

        return current is not null && chars[..length].SequenceEqual(current) ? current : new string(chars[..length]);
    }

    /// <summary>
    /// C1 characters can be left behind when the parser took a C0 control out from between their bytes. Whoever reads the text next would act on them, the user's own terminal
    /// too: a title must not be able to end its own string. Returns the new length.
    /// </summary>
    private static int DropControls(Span<char> text)
    {
        int length = 0;
        foreach (char c in text)
        {
            if (!char.IsControl(c))
            {
                text[length++] = c;
            }
        }

        return length;
    }

    /// <summary>OSC 8 ; params ; uri: the link of what is printed from now on; an empty uri ends it.</summary>
    private void SetLink(ReadOnlySpan<byte> text)
    {
        int separator = text.IndexOf((byte)';');
        ushort id = 0;
        if (separator >= 0 && separator < text.Length - 1 && text.Length <= LinkLengthMax)
        {
            Span<char> link = stackalloc char[LinkLengthMax];
            link = link[..Encoding.UTF8.GetChars(text, link)];
            link = link[..DropControls(link)];
            if (!Screen.Tables.Links.TryIntern(link, out id) && TryCompact())
            {
                Screen.Tables.Links.TryIntern(link, out id);
            }
        }

        _link = id;
        ForgetPen();
    }

    /// <summary>OSC 52 ; selections ; base64: only setting the clipboard ("c", or none named). Asking for it ("?") is refused: it could leak what the user copied.</summary>
    private void SetClipboard(ReadOnlySpan<byte> text)
    {
        int separator = text.IndexOf((byte)';');
        if (separator < 0)
        {
            return;
        }

        ReadOnlySpan<byte> data = text[(separator + 1)..];
        bool isClipboard = separator == 0 || text[..separator].Contains((byte)'c');
        if (isClipboard && !data.ContainsAnyExcept(Base64))
        {
            Screen.Clipboard = Encoding.ASCII.GetString(data);
            Screen.ClipboardCount++;
        }
    }
}
