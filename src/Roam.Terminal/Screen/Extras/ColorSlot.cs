namespace Roam.Terminal;

/// <summary>
/// Numbers of the colours that a program can redefine: the palette 0-255 (OSC 4), behind it xterm's special colours (OSC 5, also OSC 4;256+n), then the dynamic ones (OSC 10-19).
/// </summary>
public static class ColorSlot
{
    public const int PaletteCount = 256;

    /// <summary>Bold, underline, blink, reverse, italic.</summary>
    public const int SpecialCount = 5;

    public const int SpecialFirst = PaletteCount;

    /// <summary>OSC 10: default foreground.</summary>
    public const int Foreground = SpecialFirst + SpecialCount;

    /// <summary>OSC 11: default background.</summary>
    public const int Background = Foreground + 1;

    /// <summary>OSC 12: text cursor.</summary>
    public const int Cursor = Foreground + 2;

    /// <summary>All slots, the last being OSC 19.</summary>
    public const int Count = Foreground + 10;

    /// <summary>The slot of OSC 10-19.</summary>
    public static int OfDynamic(int command) => Foreground + command - 10;
}
