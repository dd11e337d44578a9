namespace Roam.Session;

/// <summary>One user event in four bytes: a key byte, or a resize (bit 31, width in bits 13-25, height in bits 0-12; Screen.SideMax is 4096).</summary>
internal readonly record struct UserUnit(uint Bits)
{
    private const uint ResizeFlag = 1u << 31;
    private const int WidthShift = 13;
    private const uint SideMask = (1u << WidthShift) - 1;

    public static UserUnit Key(byte key) => new(key);

    public static UserUnit Resize(int width, int height) => new(ResizeFlag | ((uint)width << WidthShift) | (uint)height);

    public bool IsResize => (Bits & ResizeFlag) != 0;

    public byte KeyByte => (byte)Bits;

    public int Width => (int)((Bits >> WidthShift) & SideMask);

    public int Height => (int)(Bits & SideMask);
}
