using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Roam.Terminal;

/// <summary>Reads records of history lines (<see cref="HistoryFormat"/>). Takes any bytes: what is malformed is refused at the head, or leaves the rest of its line blank.</summary>
internal static class HistoryLineReader
{
    /// <summary>The record at the front of the source; false when there is no whole or no sane one. The number is the caller's to say.</summary>
    internal static bool TryReadHead(ReadOnlySpan<byte> source, ulong number, out HistoryLineHead head)
    {
        head = default;
        ReadOnlySpan<byte> rest = source;
        if (!VarInt.TryRead(ref rest, out ulong first) || !VarInt.TryRead(ref rest, out ulong bodyLength) || bodyLength > (ulong)rest.Length)
        {
            return false;
        }

        ulong width = first >> HistoryFormat.FlagBits;
        ReadOnlySpan<byte> body = rest[..(int)bodyLength];
        ulong occupied = bodyLength;
        if (width is 0 or > Screen.SideMax || ((first & HistoryFormat.RichFlag) != 0 && !VarInt.TryRead(ref body, out occupied)) || occupied > width)
        {
            return false;
        }

        int bytes = source.Length - rest.Length + (int)bodyLength;
        bool isWrapped = (first & HistoryFormat.WrappedFlag) != 0;
        head = new HistoryLineHead(number, 0, (int)width, (int)occupied, isWrapped, isWrapped && (first & HistoryFormat.SpacerFlag) != 0, bytes);
        return true;
    }

    /// <summary>The cells of a record that <see cref="TryReadHead"/> accepted. All of the destination is written, blank where there is nothing; it may be shorter than the row.</summary>
    internal static void ReadCells(ReadOnlySpan<byte> record, ScreenTables tables, Span<Cell> cells)
    {
        _ = VarInt.TryRead(ref record, out ulong first);
        _ = VarInt.TryRead(ref record, out ulong length);
        ReadOnlySpan<byte> body = record[..(int)length];
        cells.Fill(Cell.Blank(0));
        if ((first & HistoryFormat.RichFlag) == 0)
        {
            ReadPlain(body[..Math.Min(body.Length, cells.Length)], cells);
        }
        else if (VarInt.TryRead(ref body, out _))
        {
            ReadRich(body, tables, cells);
        }
    }

    private static void ReadPlain(ReadOnlySpan<byte> text, Span<Cell> cells)
    {
        if (!text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            AsciiCells.Fill(text, cells, 0);
        }
    }

    private static void ReadRich(ReadOnlySpan<byte> body, ScreenTables tables, Span<Cell> cells)
    {
        ushort style = 0;
        ushort link = 0;
        int width = 1;
        int x = 0;
        while (!body.IsEmpty && x < cells.Length)
        {
            byte item = body[0];
            ulong attributes = Cell.Attributes(style, link, isProtected: false);
            if (item >= ' ')
            {
                if (Rune.DecodeFromUtf8(body, out Rune rune, out int used) != OperationStatus.Done || item == 0x7F || x + width > cells.Length)
                {
                    return;
                }

                body = body[used..];
                Put(cells, ref x, Cell.Of(rune.Value, width, attributes), attributes);
                continue;
            }

            body = body[1..];
            switch (item)
            {
                case HistoryFormat.StyleItem when TryReadStyle(ref body, tables, out style):
                case HistoryFormat.LinkItem when TryReadLink(ref body, tables, out link):
                    break;
                case HistoryFormat.ClusterItem:
                    if (!TryReadCluster(ref body, tables, attributes, out Cell cluster) || x + cluster.Width > cells.Length)
                    {
                        return;
                    }

                    Put(cells, ref x, cluster, attributes);
                    break;
                case HistoryFormat.BlanksItem when VarInt.TryRead(ref body, out ulong count):
                    int blanks = (int)Math.Min(count, (ulong)(cells.Length - x));
                    cells.Slice(x, blanks).Fill(Cell.Of(' ', 1, attributes));
                    x += blanks;
                    break;
                case HistoryFormat.WideItem:
                    width = 2;
                    break;
                case HistoryFormat.NarrowItem:
                    width = 1;
                    break;
                default:
                    return;
            }
        }
    }

    private static void Put(Span<Cell> cells, ref int x, Cell cell, ulong attributes)
    {
        cells[x] = cell;
        if (cell.IsWide)
        {
            cells[x + 1] = Cell.Spacer(attributes);
        }

        x += cell.Width;
    }

    /// <summary>A style that finds no room in the tables is shown as the default.</summary>
    private static bool TryReadStyle(ref ReadOnlySpan<byte> body, ScreenTables tables, out ushort style)
    {
        style = 0;
        if (!VarInt.TryRead(ref body, out ulong attributes) || !VarInt.TryRead(ref body, out ulong foreground)
            || !VarInt.TryRead(ref body, out ulong background) || !VarInt.TryRead(ref body, out ulong underline))
        {
            return false;
        }

        StyleAttributes known = (StyleAttributes)(attributes & ((1u << 12) - 1));
        Style read = new(HistoryFormat.ReadColor(foreground), HistoryFormat.ReadColor(background), HistoryFormat.ReadColor(underline), known);
        _ = tables.Styles.TryIntern(read, out style);
        return true;
    }

    private static bool TryReadLink(ref ReadOnlySpan<byte> body, ScreenTables tables, out ushort link)
    {
        link = 0;
        if (!VarInt.TryRead(ref body, out ulong length) || length > (ulong)Math.Min(body.Length, HistoryFormat.LinkBytesMax))
        {
            return false;
        }

        Span<char> text = stackalloc char[HistoryFormat.LinkBytesMax];
        ReadOnlySpan<byte> bytes = body[..(int)length];
        body = body[(int)length..];
        if (Utf8.ToUtf16(bytes, text, out _, out int written) == OperationStatus.Done && !text[..written].ContainsAnyInRange('\0', '\x1F'))
        {
            _ = tables.Links.TryIntern(text[..written], out link);
        }

        return true;
    }

    private static bool TryReadCluster(ref ReadOnlySpan<byte> body, ScreenTables tables, ulong attributes, out Cell cell)
    {
        cell = default;
        if (!VarInt.TryRead(ref body, out ulong columns) || columns is < 1 or > 2
            || !VarInt.TryRead(ref body, out ulong length) || length == 0 || length > (ulong)Math.Min(body.Length, GraphemeTable.ClusterLengthMax * 3))
        {
            return false;
        }

        Span<char> text = stackalloc char[GraphemeTable.ClusterLengthMax * 3];
        bool isText = Utf8.ToUtf16(body[..(int)length], text, out _, out int written) == OperationStatus.Done && written <= GraphemeTable.ClusterLengthMax;
        body = body[(int)length..];
        if (!isText || text[..written].ContainsAnyInRange('\0', '\x1F'))
        {
            return false;
        }

        // Without room the first code point alone.
        cell = tables.Graphemes.TryIntern(text[..written], out int index)
            ? Cell.OfGrapheme(index, (int)columns, attributes)
            : Cell.Of(Rune.GetRuneAt(text[..written].ToString(), 0).Value, (int)columns, attributes);
        return true;
    }
}
