namespace Roam.Lab;

/// <summary>One random session.</summary>
internal sealed record CanvasSessionOptions
{
    public ulong Seed { get; init; }

    public int Width { get; init; } = 40;

    public int Height { get; init; } = 12;

    public int Steps { get; init; } = 120;

    /// <summary>The terminal has mode 2026.</summary>
    public bool Synchronized { get; init; } = true;

    /// <summary>Erasing leaves the pen's background.</summary>
    public bool BackColorErase { get; init; } = true;

    /// <summary>Fewest columns and rows of a window that is resized.</summary>
    public int WidthMin { get; init; } = 24;

    public int HeightMin { get; init; } = 3;

    public bool ResizesWidth { get; init; }

    public bool ResizesHeight { get; init; }

    /// <summary>History may be far behind while the window changes.</summary>
    public bool LagsAtResize { get; init; }

    /// <summary>In a thousand: resizes whose report of the cursor does not come.</summary>
    public int SilentPerMille { get; init; }
}
