namespace Roam.Host;

/// <summary>A process of this binary that leaves the terminal, and what it is handed.</summary>
internal ref struct DetachedRequest
{
    public DetachedRequest()
    {
    }

    public string Binary { get; init; } = DetachedChild.OwnBinary;

    /// <summary>argv[0], the verb by which the entry point knows the child, and what ps shows behind them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Becomes <see cref="DetachedChild.SocketFd"/>.</summary>
    public required int Socket { get; init; }

    /// <summary>Becomes <see cref="DetachedChild.ExtraFd"/>; -1: none.</summary>
    public int Extra { get; init; } = -1;

    /// <summary>Goes through a pipe, never in the arguments. The caller wipes it.</summary>
    public required ReadOnlySpan<byte> Block { get; init; }

    /// <summary>False: the caller goes on at once.</summary>
    public bool WaitsForReady { get; init; } = true;

    public bool KeepsStandardError { get; init; }

    public ReadOnlySpan<int> BlockedSignals { get; init; }
}
