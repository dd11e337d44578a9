using System.Buffers.Text;
using System.Text;

namespace Roam.Terminal;

/// <summary>Operating system commands: the list, titles and hyperlinks. Others have their own files. Unknown ones are consumed.</summary>
public sealed partial class Emulator
{
    /// <summary>Longer titles are cut, as in mosh; in UTF-16 units.</summary>
    public const int TitleLengthMax = 256;

    /// <summary>Longest hyperlink ("params;uri") in bytes: VTE's limits of 2083 for the URI and 250 for the id. A longer one is dropped, its text stays.</summary>
    public const int LinkLengthMax = 2083 + 250;

    /// <summary>How the command being carried out ended: so does its answer.</summary>
    private bool _oscEndedByBell;

    internal void DispatchOsc(ReadOnlySpan<byte> text, bool endedByBell)
    {
        if (!Utf8Parser.TryParse(text, out int command, out int digits) || command < 0)
        {
            return;
        }

        bool hasText = text.Length > digits;
        if (hasText && text[digits] != ';')
        {
            return;
        }

        text = hasText ? text[(digits + 1)..] : default;
        _oscEndedByBell = endedByBell;
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
            case 4:
                ChangePaletteColors(text, first: 0);
                break;
            case 5:
                ChangePaletteColors(text, ColorSlot.SpecialFirst);
                break;
            case 7:
                SetWorkingDirectory(text);
                break;
            case 8:
                SetLink(text);
                break;
            case 9:
                NotifyOrProgress(text);
                break;
            case >= 10 and <= 19:
                ChangeDynamicColors(text, command);
                break;
            case 22:
                SetPointerShape(text);
                break;
            case 52:
                SelectionCommand(text);
                break;
            case 104:
                ResetColors(text, 0, ColorSlot.PaletteCount);
                break;
            case 105:
                ResetColors(text, ColorSlot.SpecialFirst, ColorSlot.SpecialCount);
                break;
            case >= 110 and <= 119:
                ResetColors(default, ColorSlot.OfDynamic(command - 100), 1);
                break;
            case 133:
                MarkPrompt(text);
                break;
            case 777:
                NotifyByName(text);
                break;
            case 1337:
                ProprietaryCommand(text);
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

        return SameOrNew(chars[..length], current);
    }

    /// <summary>Text without control characters, of which the caller has bounded the length; the very string it was if it says the same.</summary>
    private static string ReadText(ReadOnlySpan<byte> text, string? current)
    {
        Span<char> chars = stackalloc char[text.Length];
        int length = Encoding.UTF8.GetChars(text, chars);
        return SameOrNew(chars[..DropControls(chars[..length])], current);
    }

    private static string SameOrNew(ReadOnlySpan<char> text, string? current) =>
        current is not null && text.SequenceEqual(current) ? current : new string(text);

    /// <summary>
    /// A second defence beside the parser's: whoever reads the text next would act on a control in it, the user's own terminal too, and a title must not be able to end
    /// its own string. Returns the new length.
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

    /// <summary>Begins an answer to the command being carried out. False = nothing is answered here.</summary>
    private bool BeginOscReply(int command)
    {
        if (!BeginReply("\e]"u8))
        {
            return false;
        }

        _replies.Add(command);
        _replies.Add(";"u8);
        return true;
    }

    private void EndOscReply() => EndReply(_oscEndedByBell ? "\a"u8 : "\e\\"u8);
}
