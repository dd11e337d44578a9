using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// Puts what a program says beside the picture on the user's terminal, and takes it back at the end: directory, colours, pointer, progress; events (notifications, selections) are
/// passed on once. What no program of the session touched is never written. Belongs to one terminal, whatever draws the picture there.
/// Sources: xterm ctlseqs (OSC 4-19, 22, 52, 104-119), VTE and iTerm2 (OSC 7), ConEmu (OSC 9;4), iTerm2 (OSC 9), urxvt (OSC 777).
/// </summary>
internal sealed class ExtrasWriter(TerminalCapabilities capabilities)
{
    private TerminalCapabilities _capabilities = capabilities;

    /// <summary>What the terminal shows, and the events that it has got.</summary>
    private ScreenExtras _shown = ScreenExtras.None;

    private bool _again;

    /// <summary>More is known of the terminal: what it was not given before is given now.</summary>
    public void Learn(TerminalCapabilities capabilities)
    {
        _capabilities = capabilities;
        _again = true;
    }

    /// <summary>What is set is written again with the next <see cref="Write"/>: the terminal was somebody else's meanwhile.</summary>
    public void Repaint() => _again = true;

    public void Write(ScreenExtras to, IBufferWriter<byte> destination)
    {
        if (ReferenceEquals(to, _shown) && !_again)
        {
            return;
        }

        if (_capabilities.ControlStrings)
        {
            ByteSink sink = new(destination);
            WriteStates(ref sink, _shown, to, _again);
            WriteEvents(ref sink, _shown, to);
            sink.Flush();
        }

        _shown = to;
        _again = false;
    }

    /// <summary>The terminal's own again. The events stay told; what is set comes back with the next <see cref="Write"/>.</summary>
    public void WriteClose(ref ByteSink sink)
    {
        ScreenExtras own = _shown with { WorkingDirectory = null, Colors = ColorOverrides.None, PointerShape = null, Progress = default };
        if (_capabilities.ControlStrings)
        {
            WriteStates(ref sink, _shown, own, again: false);
        }

        _shown = own;
    }

    private void WriteStates(ref ByteSink sink, ScreenExtras from, ScreenExtras to, bool again)
    {
        if (again ? to.WorkingDirectory is not null : to.WorkingDirectory != from.WorkingDirectory)
        {
            WriteText(ref sink, "\e]7;"u8, to.WorkingDirectory);
        }

        WriteColors(ref sink, from.Colors, to.Colors, again);
        if (to.PointerShape != from.PointerShape || (again && to.PointerShape is not null))
        {
            WriteText(ref sink, "\e]22;"u8, to.PointerShape);
        }

        if (_capabilities.Progress && (to.Progress != from.Progress || (again && to.Progress != default)))
        {
            WriteProgress(ref sink, to.Progress);
        }
    }

    private static void WriteProgress(ref ByteSink sink, Progress progress)
    {
        sink.Put("\e]9;4;"u8);
        sink.PutNumber((int)progress.State);
        sink.Put((byte)';');
        sink.PutNumber(progress.Percent);
        sink.Put((byte)'\a');
    }

    /// <summary>Both lists are in the order of their slots.</summary>
    private static void WriteColors(ref ByteSink sink, ColorOverrides from, ColorOverrides to, bool again)
    {
        if (ReferenceEquals(from, to) && !again)
        {
            return;
        }

        ReadOnlySpan<ColorOverride> before = from.Entries;
        foreach (ColorOverride entry in to.Entries)
        {
            while (!before.IsEmpty && before[0].Slot < entry.Slot)
            {
                WriteColorReset(ref sink, before[0].Slot);
                before = before[1..];
            }

            bool isKnown = !before.IsEmpty && before[0].Slot == entry.Slot;
            if (again || !isKnown || before[0].Color != entry.Color)
            {
                WriteColor(ref sink, entry);
            }

            before = isKnown ? before[1..] : before;
        }

        foreach (ColorOverride entry in before)
        {
            WriteColorReset(ref sink, entry.Slot);
        }
    }

    private static void WriteColor(ref ByteSink sink, ColorOverride entry)
    {
        WriteColorCommand(ref sink, entry.Slot, isReset: false);
        sink.Put(";rgb:"u8);
        PutHex(ref sink, entry.Color.Red);
        sink.Put((byte)'/');
        PutHex(ref sink, entry.Color.Green);
        sink.Put((byte)'/');
        PutHex(ref sink, entry.Color.Blue);
        sink.Put((byte)'\a');
    }

    private static void WriteColorReset(ref ByteSink sink, int slot)
    {
        WriteColorCommand(ref sink, slot, isReset: true);
        sink.Put((byte)'\a');
    }

    /// <summary>OSC 4 and 5 with the colour's number, OSC 10-19 without; each is reset by the command 100 above it.</summary>
    private static void WriteColorCommand(ref ByteSink sink, int slot, bool isReset)
    {
        bool isDynamic = slot >= ColorSlot.Foreground;
        bool isSpecial = !isDynamic && slot >= ColorSlot.SpecialFirst;
        int command = isDynamic ? 10 + slot - ColorSlot.Foreground : isSpecial ? 5 : 4;
        sink.Put("\e]"u8);
        sink.PutNumber(command + (isReset ? 100 : 0));
        if (!isDynamic)
        {
            sink.Put((byte)';');
            sink.PutNumber(isSpecial ? slot - ColorSlot.SpecialFirst : slot);
        }
    }

    private static void PutHex(ref ByteSink sink, byte value)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        sink.Put(digits[value >> 4]);
        sink.Put(digits[value & 0xF]);
    }

    /// <summary>Of several since the last frame the newest is told.</summary>
    private void WriteEvents(ref ByteSink sink, ScreenExtras from, ScreenExtras to)
    {
        bool notifies = to.NotificationCount != from.NotificationCount || to.Notification != from.Notification;
        if (notifies && to.Notification is { } notification)
        {
            WriteNotification(ref sink, notification);
        }

        if (!ReferenceEquals(to.Selections, from.Selections))
        {
            WriteSelections(ref sink, from.Selections, to.Selections);
        }
    }

    private void WriteNotification(ref ByteSink sink, Notification notification)
    {
        string title = notification.Title;
        if (title.Length + notification.Body.Length > _capabilities.StringLengthMax)
        {
            return;
        }

        bool hasTitle = title.Length != 0;
        if (hasTitle && _capabilities.Notifications == NotificationForm.TitleAndBody)
        {
            sink.Put("\e]777;notify;"u8);
            sink.PutText(title);
            sink.Put((byte)';');
        }
        else
        {
            // A number behind OSC 9 would be one of ConEmu's commands.
            string first = hasTitle ? title : notification.Body;
            sink.Put(first.Length != 0 && char.IsAsciiDigit(first[0]) ? "\e]9; "u8 : "\e]9;"u8);
            sink.PutText(title);
            sink.Put(hasTitle ? ": "u8 : ""u8);
        }

        sink.PutText(notification.Body);
        sink.Put((byte)'\a');
    }

    /// <summary>Selections that got the same text go in one sequence, the clipboard first: not all terminals look beyond the first letter.</summary>
    private void WriteSelections(ref ByteSink sink, Selections from, Selections to)
    {
        int written = 0;
        for (int i = 0; i < Selections.Names.Length; i++)
        {
            if ((written & (1 << i)) != 0 || to.TextOf(i) is not { } text || !IsNew(from, to, i) || text.Length > _capabilities.StringLengthMax)
            {
                continue;
            }

            sink.Put("\e]52;"u8);
            for (int j = i; j < Selections.Names.Length; j++)
            {
                if (IsNew(from, to, j) && to.TextOf(j) == text)
                {
                    sink.Put((byte)Selections.Names[j]);
                    written |= 1 << j;
                }
            }

            sink.Put((byte)';');
            sink.PutAscii(text);
            sink.Put((byte)'\a');
        }
    }

    /// <summary>The text is looked at as well: what a stock server's diffs add up to is counted by this client, and states that differ may have the same count.</summary>
    private static bool IsNew(Selections from, Selections to, int selection) =>
        to.CountOf(selection) != from.CountOf(selection) || to.TextOf(selection) != from.TextOf(selection);

    private void WriteText(ref ByteSink sink, ReadOnlySpan<byte> introducer, string? text)
    {
        if (text is null || text.Length <= _capabilities.StringLengthMax)
        {
            sink.Put(introducer);
            sink.PutText(text);
            sink.Put((byte)'\a');
        }
    }
}
