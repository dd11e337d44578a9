namespace Roam.Lab;

/// <summary>What runs on the server in a cell of the sweep.</summary>
internal enum Workload
{
    Echo,
    Pieces,
    Redraw,

    /// <summary>The same on a larger screen: a frame is three datagrams.</summary>
    LargeRedraw,
    Flood,
}
