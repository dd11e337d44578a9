namespace Roam.Terminal;

/// <summary>What is for the user's desktop: notifications (OSC 9, 777), progress (OSC 9;4), the pointer's shape (OSC 22).</summary>
public sealed partial class Emulator
{
    /// <summary>Title and body together, in bytes. A longer notification is dropped whole.</summary>
    public const int NotificationLengthMax = 2048;

    /// <summary>Longest name of a pointer shape; a longer one is dropped.</summary>
    public const int PointerShapeLengthMax = 64;

    /// <summary>ConEmu's commands are OSC 9 ; 1 to OSC 9 ; 12; any other text is iTerm's notification.</summary>
    private const int ConEmuCommandMax = 12;

    /// <summary>OSC 9 ; text, or one of ConEmu's commands behind OSC 9, of which the progress (4) is the only one with a meaning here.</summary>
    private void NotifyOrProgress(ReadOnlySpan<byte> text)
    {
        OscFields fields = new(text);
        fields.TryNextNumber(out int command);
        if (command == 4)
        {
            SetProgress(ref fields);
        }
        else if (command is < 1 or > ConEmuCommandMax)
        {
            Notify(default, text);
        }
    }

    /// <summary>State, then percent. Left out: 0 with state 1, as it was with error and pause.</summary>
    private void SetProgress(ref OscFields fields)
    {
        Progress old = Screen.Extras.Progress;
        fields.TryNextNumber(out int state);
        fields.TryNextNumber(out int percent);
        Progress progress = state switch
        {
            0 => default,
            1 => new Progress(ProgressState.Normal, (byte)Math.Clamp(percent, 0, 100)),
            2 or 4 => new Progress((ProgressState)state, percent < 0 ? old.Percent : (byte)Math.Min(percent, 100)),
            3 => new Progress(ProgressState.Indeterminate, 0),
            _ => old,
        };
        if (progress != old)
        {
            Screen.Extras = Screen.Extras with { Progress = progress };
        }
    }

    /// <summary>OSC 777 ; notify ; title ; body (urxvt's extension).</summary>
    private void NotifyByName(ReadOnlySpan<byte> text)
    {
        OscFields fields = new(text);
        fields.TryNext(out ReadOnlySpan<byte> kind);
        if (kind.SequenceEqual("notify"u8) && fields.TryNext(out ReadOnlySpan<byte> title))
        {
            Notify(title, fields.Rest);
        }
    }

    private void Notify(ReadOnlySpan<byte> title, ReadOnlySpan<byte> body)
    {
        int length = title.Length + body.Length;
        if (length is 0 or > NotificationLengthMax)
        {
            Refuse(length == 0 ? RefusedExtra.None : RefusedExtra.Notification);
            return;
        }

        Notification? old = Screen.Extras.Notification;
        Notification newest = new(ReadText(title, old?.Title), ReadText(body, old?.Body));
        Screen.Extras = Screen.Extras with { Notification = newest, NotificationCount = Screen.Extras.NotificationCount + 1 };
    }

    /// <summary>A string that the parser did not keep. Of what a user waits for a refusal is said.</summary>
    internal void RefuseOsc(ReadOnlySpan<byte> beginning) =>
        Refuse(beginning.StartsWith("52;"u8) ? RefusedExtra.Selection
            : beginning.StartsWith("9;"u8) || beginning.StartsWith("777;notify;"u8) ? RefusedExtra.Notification : RefusedExtra.None);

    private void Refuse(RefusedExtra what)
    {
        if (what != RefusedExtra.None)
        {
            Screen.Extras = Screen.Extras with { Refusal = new Refusal(what, Screen.Extras.Refusal.Count + 1) };
        }
    }

    /// <summary>OSC 22 ; name, also "=name" (kitty's form of the same); empty = the default. kitty's stack and queries are not there.</summary>
    private void SetPointerShape(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("="u8) ? text[1..] : text;
        foreach (byte b in text)
        {
            if (b is not ((>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_'))
            {
                return;
            }
        }

        if (text.Length <= PointerShapeLengthMax)
        {
            string? shape = text.IsEmpty ? null : ReadText(text, Screen.Extras.PointerShape);
            if (!ReferenceEquals(shape, Screen.Extras.PointerShape))
            {
                Screen.Extras = Screen.Extras with { PointerShape = shape };
            }
        }
    }
}
