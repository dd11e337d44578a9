using System.Text;

namespace Roam.Terminal;

/// <summary>OSC 52: the clipboard and the other selections.</summary>
public sealed partial class Emulator
{
    /// <summary>In <see cref="Selections.Names"/>.</summary>
    private const int ClipboardSelection = 0;

    /// <summary>
    /// OSC 52 ; selections ; base64 sets them, "?" asks, anything else clears them (xterm ctlseqs). No selection named means "s0", and also the clipboard:
    /// that is what programs mean by it, and what the feature 52 of the device attributes promises.
    /// </summary>
    private void SelectionCommand(ReadOnlySpan<byte> text)
    {
        int separator = text.IndexOf((byte)';');
        if (separator < 0)
        {
            return;
        }

        ReadOnlySpan<byte> names = separator == 0 ? "s0"u8 : text[..separator];
        ReadOnlySpan<byte> data = text[(separator + 1)..];
        if (data.SequenceEqual("?"u8))
        {
            ReportSelection(names);
            return;
        }

        if (data.Length > Selections.LengthMax)
        {
            Refuse(RefusedExtra.Selection);
            return;
        }

        int mask = separator == 0 ? 1 << ClipboardSelection : 0;
        foreach (byte name in names)
        {
            int selection = Selections.Names.IndexOf((char)name, StringComparison.Ordinal);
            mask |= selection < 0 ? 0 : 1 << selection;
        }

        if (mask != 0)
        {
            SetSelections(mask, Selections.IsBase64(data) ? Encoding.ASCII.GetString(data) : "");
        }
    }

    private void SetSelections(int mask, string text)
    {
        Screen.Extras = Screen.Extras with { Selections = Screen.Extras.Selections.With(mask, text) };
        if ((mask & (1 << ClipboardSelection)) != 0)
        {
            Screen.Clipboard = text;
            Screen.ClipboardCount++;
        }
    }

    /// <summary>Only if allowed, and only what was put there from here: the first of the named ones that has something, else nothing at all.</summary>
    private void ReportSelection(ReadOnlySpan<byte> names)
    {
        if (!_options.AllowClipboardQuery || names.Length > Selections.Names.Length || !BeginOscReply(52))
        {
            return;
        }

        _replies.Add(names);
        _replies.Add(";"u8);
        foreach (byte name in names)
        {
            int selection = Selections.Names.IndexOf((char)name, StringComparison.Ordinal);
            if (selection >= 0 && !string.IsNullOrEmpty(Screen.Extras.Selections.TextOf(selection)))
            {
                _replies.Add(Screen.Extras.Selections.TextOf(selection));
                break;
            }
        }

        EndOscReply();
    }
}
