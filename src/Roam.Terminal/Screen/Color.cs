namespace Roam.Terminal;

/// <summary>A colour as SGR names it: the default, one of 256 palette entries, or 24-bit RGB. The tag sits in bits 24-25.</summary>
public readonly record struct Color(uint Value)
{
    private const uint IndexedTag = 1u << 24;
    private const uint RgbTag = 2u << 24;

    public static readonly Color Default = new(0);

    public static Color Indexed(byte index) => new(IndexedTag | index);

    public static Color Rgb(byte red, byte green, byte blue) => new(RgbTag | ((uint)red << 16) | ((uint)green << 8) | blue);

    public bool IsDefault => Value == 0;

    public bool IsIndexed => (Value & IndexedTag) != 0;

    public bool IsRgb => (Value & RgbTag) != 0;

    public byte Index => (byte)Value;

    public byte Red => (byte)(Value >> 16);

    public byte Green => (byte)(Value >> 8);

    public byte Blue => (byte)Value;
}
