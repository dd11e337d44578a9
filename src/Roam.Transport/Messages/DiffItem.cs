namespace Roam.Transport;

/// <summary>One part of a diff, as <see cref="DiffReader"/> yields it.</summary>
public readonly ref struct DiffItem
{
    public DiffItemKind Kind { get; init; }

    /// <summary>
    /// Keys (client to server) or escape sequences (server to client); of screen extras and terminal the whole message, well formed
    /// (<see cref="ScreenExtrasReader"/>, <see cref="TerminalMessage"/>). A view into the diff.
    /// </summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>As the peer said it: unchecked, may be zero or negative.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    public ulong EchoAck { get; init; }

    public AnnouncementMessage Announcement { get; init; }

    /// <summary>What the server says of the program's terminal; a set of bits.</summary>
    public uint FarTerminal { get; init; }

    public FrameLinesMessage FrameLines { get; init; }

    public ExitStatusMessage ExitStatus { get; init; }
}
