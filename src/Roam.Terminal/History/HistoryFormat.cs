namespace Roam.Terminal;

/// <summary>
/// The record of a history line, the same in the server's memory and on the wire (docs/protocol.md, "History"):
/// varint(width * 8 + flags), varint(bytes of the body), body. A plain body is printable ASCII of the default rendition, a byte a column. A rich one is varint(occupied) and items.
/// </summary>
internal static class HistoryFormat
{
    internal const int WrappedFlag = 1;
    internal const int SpacerFlag = 2;
    internal const int RichFlag = 4;
    internal const int FlagBits = 3;

    /// <summary>Two varints: the width and the flags, and the length of the largest body.</summary>
    internal const int HeadBytesMax = 8;

    // Items of a rich body. Anything from 0x20 on is a code point in UTF-8.

    /// <summary>varint attributes, foreground, background, underline: the rendition of what follows.</summary>
    internal const byte StyleItem = 1;

    /// <summary>varint length, "params;uri" in UTF-8: the hyperlink of what follows; length 0: none.</summary>
    internal const byte LinkItem = 2;

    /// <summary>varint columns, varint length, UTF-8: one cell of several code points.</summary>
    internal const byte ClusterItem = 3;

    /// <summary>varint count: so many blanks.</summary>
    internal const byte BlanksItem = 4;

    /// <summary>The code points that follow take two columns.</summary>
    internal const byte WideItem = 5;

    /// <summary>... one column.</summary>
    internal const byte NarrowItem = 6;

    /// <summary>Largest record but for its head. Plain text of the widest row is below, whatever its characters.</summary>
    internal const int RecordBytesMax = 32 * 1024;

    /// <summary>Longest link in a record, in bytes. What the emulator takes is shorter.</summary>
    internal const int LinkBytesMax = 8192;

    /// <summary>0 is the default, then 256 palette entries, then RGB.</summary>
    internal static ulong WireColor(Color color) => color.IsDefault ? 0 : color.IsIndexed ? color.Index + 1u : (color.Value & 0xFFFFFF) + 257;

    internal static Color ReadColor(ulong value) => value switch
    {
        0 => Color.Default,
        <= 256 => Color.Indexed((byte)(value - 1)),
        <= 257 + 0xFFFFFF => Color.Rgb((byte)((value - 257) >> 16), (byte)((value - 257) >> 8), (byte)(value - 257)),
        _ => Color.Default,
    };
}
