using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Roam.Terminal;

/// <summary>Writes the record of a row (<see cref="HistoryFormat"/>). Most rows are plain ASCII, and a flood of them must cost little: those are packed sixteen cells at a time.</summary>
internal sealed class HistoryLineWriter
{
    private const int Block = 16;

    /// <summary>Shorter runs of spaces are cheaper as they are.</summary>
    private const int BlankRunMin = 5;

    /// <summary>Longest item: a link and its length.</summary>
    private const int ItemBytesMax = HistoryFormat.LinkBytesMax + 16;

    private const ulong PlainBits = ~0x7FUL;

    private byte[] _scratch = [];
    private int _length;

    /// <summary>
    /// Tries to write the row as a plain record. The destination has room for <see cref="HistoryFormat.HeadBytesMax"/> and the row's width.
    /// Returns the length, 0 when the row is not plain.
    /// </summary>
    internal static int TryWritePlain(Row row, int flags, Span<byte> destination)
    {
        int occupied = row.Occupied;
        if (row.Extent > occupied && row.Cells.AsSpan(occupied, row.Extent - occupied).ContainsAnyExcept(Cell.Blank(0)))
        {
            return 0;
        }

        int head = VarInt.Write(destination, Head(row, flags));
        head += VarInt.Write(destination[head..], (ulong)occupied);
        return TryPack(MemoryMarshal.Cast<Cell, ulong>(row.Cells.AsSpan()), occupied, destination[head..]) ? head + occupied : 0;
    }

    /// <summary>What the record of a row begins with, but for <see cref="HistoryFormat.RichFlag"/>.</summary>
    internal static int FlagsOf(Row row, Row next) => !row.Wrapped ? 0 : HistoryFormat.WrappedFlag | (EndsInSpacer(row, next) ? HistoryFormat.SpacerFlag : 0);

    /// <summary>The record of any row; a view, until the next call.</summary>
    internal ReadOnlySpan<byte> Write(Row row, Row next, ScreenTables tables)
    {
        int flags = FlagsOf(row, next);
        _length = 0;
        Reserve(HistoryFormat.HeadBytesMax + row.Cells.Length);
        int length = TryWritePlain(row, flags, _scratch);
        return length != 0 ? _scratch.AsSpan(0, length) : WriteRich(row, flags, tables);
    }

    /// <summary>
    /// The record of a row that is not plain; a view, until the next call. One that would be larger than <see cref="HistoryFormat.RecordBytesMax"/> does without links, then without
    /// renditions and clusters too: a row of thousands of columns with a link or a colour of its own for each.
    /// </summary>
    internal ReadOnlySpan<byte> WriteRich(Row row, int flags, ScreenTables tables)
    {
        int end = row.Cells.AsSpan().LastIndexOfAnyExcept(Cell.Blank(0)) + 1;
        WriteBody(row, end, tables, ~0UL);
        if (_length > HistoryFormat.RecordBytesMax)
        {
            WriteBody(row, end, tables, ~(0xFFFFUL << Cell.LinkShift));
        }

        if (_length > HistoryFormat.RecordBytesMax)
        {
            WriteBody(row, end, tables, Cell.CodePointMask | Cell.GraphemeFlag | Cell.WidthMask);
        }

        // The head is put before the body when its length is known.
        Span<byte> head = stackalloc byte[2 * VarInt.BytesMax];
        int headLength = VarInt.Write(head, Head(row, flags | HistoryFormat.RichFlag));
        headLength += VarInt.Write(head[headLength..], (ulong)_length);
        Reserve(headLength);
        _scratch.AsSpan(0, _length).CopyTo(_scratch.AsSpan(headLength));
        head[..headLength].CopyTo(_scratch);
        return _scratch.AsSpan(0, headLength + _length);
    }

    private void WriteBody(Row row, int end, ScreenTables tables, ulong mask)
    {
        _length = 0;
        Reserve(3 * HistoryFormat.HeadBytesMax);
        Put((ulong)row.Occupied);
        WriteCells(row.Cells.AsSpan(0, end), tables, mask);
    }

    /// <summary>A wrap leaves the last column empty only before a wide character; if something stood there before, that character tells, unless it is not printed yet.</summary>
    private static bool EndsInSpacer(Row row, Row next) =>
        row.Cells[^1].IsBlank && (row.Occupied == row.Cells.Length - 1 || next.Cells[0].IsWide);

    private static ulong Head(Row row, int flags) => ((ulong)row.Cells.Length << HistoryFormat.FlagBits) | (uint)flags;

    private static bool TryPack(ReadOnlySpan<ulong> cells, int count, Span<byte> destination)
    {
        ref ulong from = ref MemoryMarshal.GetReference(cells);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        Vector256<ulong> odd = Vector256<ulong>.Zero;
        Vector256<ulong> narrow = Vector256.Create(Cell.Narrow);
        int i = 0;
        for (; i + Block <= count; i += Block)
        {
            Vector256<ulong> a = Vector256.LoadUnsafe(ref from, (nuint)i);
            Vector256<ulong> b = Vector256.LoadUnsafe(ref from, (nuint)i + 4);
            Vector256<ulong> c = Vector256.LoadUnsafe(ref from, (nuint)i + 8);
            Vector256<ulong> d = Vector256.LoadUnsafe(ref from, (nuint)i + 12);
            odd |= (a ^ narrow) | (b ^ narrow) | (c ^ narrow) | (d ^ narrow);
            Vector256<ushort> shorts = Vector256.Narrow(Vector256.Narrow(a, b), Vector256.Narrow(c, d));
            Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).StoreUnsafe(ref to, (nuint)i);
        }

        ulong rest = 0;
        for (; i < count; i++)
        {
            ulong cell = Unsafe.Add(ref from, i);
            rest |= cell ^ Cell.Narrow;
            Unsafe.Add(ref to, i) = (byte)cell;
        }

        return (rest & PlainBits) == 0 && (odd & Vector256.Create(PlainBits)) == Vector256<ulong>.Zero;
    }

    /// <summary>The bits of the mask of each cell; without the style's clusters are reduced to their first character as well.</summary>
    private void WriteCells(ReadOnlySpan<Cell> cells, ScreenTables tables, ulong mask)
    {
        bool isReduced = (mask & (0xFFFFUL << Cell.StyleShift)) == 0;
        ushort style = 0;
        ushort link = 0;
        bool isWide = false;
        int x = 0;
        while (x < cells.Length)
        {
            Cell cell = new(cells[x].Bits & mask);
            Reserve(ItemBytesMax);
            if (cell.Style != style)
            {
                style = cell.Style;
                WriteStyle(tables.Styles[style]);
            }

            if (cell.Link != link)
            {
                link = cell.Link;
                WriteLink(tables.Links[link]);
            }

            if (cell.IsBlank)
            {
                x += WriteBlanks(cells[x..], ref isWide);
                continue;
            }

            if (cell.IsGrapheme && isReduced)
            {
                SetWide(cell.IsWide, ref isWide);
                WriteCodePoint(Rune.GetRuneAt(tables.Graphemes[cell.Content], 0).Value);
            }
            else if (cell.IsGrapheme)
            {
                WriteCluster(tables.Graphemes[cell.Content], cell.Width);
            }
            else if (!cell.IsSpacer)
            {
                SetWide(cell.IsWide, ref isWide);
                WriteCodePoint(cell.Content);
            }

            x += Math.Max(1, cell.Width);
        }
    }

    private int WriteBlanks(ReadOnlySpan<Cell> cells, ref bool isWide)
    {
        int count = cells.IndexOfAnyExcept(cells[0]);
        count = count < 0 ? cells.Length : count;
        if (count >= BlankRunMin)
        {
            _scratch[_length++] = HistoryFormat.BlanksItem;
            Put((ulong)count);
            return count;
        }

        SetWide(false, ref isWide);
        _scratch[_length++] = (byte)' ';
        return 1;
    }

    private void WriteStyle(in Style style)
    {
        _scratch[_length++] = HistoryFormat.StyleItem;
        Put((ulong)style.Attributes);
        Put(HistoryFormat.WireColor(style.Foreground));
        Put(HistoryFormat.WireColor(style.Background));
        Put(HistoryFormat.WireColor(style.UnderlineColor));
    }

    private void WriteLink(string link)
    {
        _scratch[_length++] = HistoryFormat.LinkItem;
        int bytes = Encoding.UTF8.GetByteCount(link);
        if (bytes > HistoryFormat.LinkBytesMax)
        {
            // No half links.
            Put(0);
            return;
        }

        Put((ulong)bytes);
        _length += Encoding.UTF8.GetBytes(link, _scratch.AsSpan(_length));
    }

    private void WriteCluster(string text, int columns)
    {
        _scratch[_length++] = HistoryFormat.ClusterItem;
        Put((ulong)columns);
        Span<byte> bytes = stackalloc byte[GraphemeTable.ClusterLengthMax * 3];
        Utf8.FromUtf16(text, bytes, out _, out int written);
        Put((ulong)written);
        bytes[..written].CopyTo(_scratch.AsSpan(_length));
        _length += written;
    }

    private void SetWide(bool wide, ref bool isWide)
    {
        if (wide != isWide)
        {
            isWide = wide;
            _scratch[_length++] = wide ? HistoryFormat.WideItem : HistoryFormat.NarrowItem;
        }
    }

    private void WriteCodePoint(int codePoint)
    {
        if (!Rune.TryCreate(codePoint, out Rune rune))
        {
            rune = Rune.ReplacementChar;
        }

        _length += rune.EncodeToUtf8(_scratch.AsSpan(_length));
    }

    private void Put(ulong value) => _length += VarInt.Write(_scratch.AsSpan(_length), value);

    private void Reserve(int room)
    {
        if (_scratch.Length - _length < room)
        {
            Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _length + room));
        }
    }
}
