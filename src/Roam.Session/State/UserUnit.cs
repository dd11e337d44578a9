namespace Roam.Session;

/// <summary>
/// One user event in four bytes: a key byte, a resize (bit 31, width in bits 13-25, height in bits 0-12; Screen.SideMax is 4096), or what the terminal is (bit 30, below it
/// a hash of the words, which the <see cref="UserLog"/> keeps).
/// </summary>
internal readonly record struct UserUnit(uint Bits)
{
    private const uint ResizeFlag = 1u << 31;
    private const uint TerminalFlag = 1u << 30;
    private const int WidthShift = 13;
    private const uint SideMask = (1u << WidthShift) - 1;

    public static UserUnit Key(byte key) => new(key);

    public static UserUnit Resize(int width, int height) => new(ResizeFlag | ((uint)width << WidthShift) | (uint)height);

    public static UserUnit Terminal(ReadOnlySpan<byte> words)
    {
        uint hash = 2166136261;
        foreach (byte b in words)
        {
            hash = (hash ^ b) * 16777619;
        }

        return new(TerminalFlag | (hash & (TerminalFlag - 1)));
    }

    public bool IsKey => Bits < TerminalFlag;

    public bool IsTerminal => (Bits & (ResizeFlag | TerminalFlag)) == TerminalFlag;

    public bool IsResize => (Bits & ResizeFlag) != 0;

    public byte KeyByte => (byte)Bits;

    public int Width => (int)((Bits >> WidthShift) & SideMask);

    public int Height => (int)(Bits & SideMask);
}
