using Roam.Terminal;

namespace Roam.Session;

public sealed record ServerSessionOptions
{
    /// <summary>The terminal's size until the client says its own.</summary>
    public int Width { get; init; } = 80;

    public int Height { get; init; } = 24;

    /// <summary>Colours that the program was told of through TERM: 8, 16 or 256.</summary>
    public int ColorCount { get; init; } = 256;

    /// <summary>The check that -v turns on: every diff is applied to a copy and compared. Costs about as much again as making the diff.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether programs may ask what is on the screen (DECRQCRA). It can leak what others wrote there.</summary>
    public bool AllowScreenReports { get; init; }

    /// <summary>Whether programs may ask (OSC 52) for what programs of this session put on the clipboard.</summary>
    public bool AllowClipboardQuery { get; init; }

    /// <summary>Lines kept of what leaves the screen at its top; 0: none, and no client gets any.</summary>
    public int HistoryLines { get; init; } = HistoryLog.DefaultLines;

    /// <summary>False: hello is not answered, as stock does. For tests.</summary>
    internal bool Announces { get; init; } = true;

    /// <summary>Changed by tests only.</summary>
    internal int EchoAckDelayMillis { get; init; } = EchoAckQueue.DelayMillis;
}
