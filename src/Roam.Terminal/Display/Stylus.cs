using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Roam.Terminal;

/// <summary>
/// The reader's cursor and pen as they stand after the bytes written so far. The place is "unknown" after anything that leaves it in doubt
/// (the last column, a doubtful character); a pending wrap is never relied upon.
/// </summary>
internal ref struct Stylus<TDialect>(TDialect dialect, ScreenTables tables, int width, IBufferWriter<byte> destination)
    where TDialect : struct, IDialect
{
    private const int Unknown = -1;

    public ByteSink Sink = new(destination);

    private readonly TDialect _dialect = dialect;
    private readonly ScreenTables _tables = tables;
    private readonly int _width = width;
    private int _row = Unknown;
    private int _column;
    private bool _penKnown;
    private int _penId = Unknown;
    private Style _pen;
    private ushort _link;

    /// <summary>Where the reader's cursor is at the start. In the last column it may have a wrap pending, so that place counts as unknown.</summary>
    public void StartAt(in Cursor cursor, in Style pen)
    {
        _pen = pen;
        _penKnown = true;
        if (cursor.Column < _width - 1)
        {
            _row = cursor.Row;
            _column = cursor.Column;
        }
    }

    public readonly bool IsAt(int row, int column) => _row == row && _column == column;

    /// <summary>The column, if the cursor is known to stand in this row.</summary>
    public readonly bool IsInRow(int row, out int column)
    {
        column = _column;
        return _row == row;
    }

    public void ForgetPlace() => _row = Unknown;

    /// <summary>The cursor came here by means that the stylus does not see: a wrap, a scroll.</summary>
    public void PlaceAt(int row, int column)
    {
        _row = row;
        _column = column;
    }

    public readonly Style Pen => _pen;

    public readonly bool HasPen(ushort style) => _penId == style || (_penKnown && _tables.Styles[style] == _pen);

    public void SetPen(ushort style)
    {
        if (_penId != style)
        {
            SetPen(_tables.Styles[style]);
            _penId = style;
        }
    }

    public void SetPen(in Style style)
    {
        if (_penKnown && _pen == style)
        {
            return;
        }

        _dialect.WriteStyle(ref Sink, _pen, _penKnown, style);
        _pen = style;
        _penId = Unknown;
        _penKnown = true;
    }

    /// <summary>What is printed belongs to a hyperlink now. Erasing would leave it to the reader whether the blanks do.</summary>
    public readonly bool HasLinkOpen => _link != 0;

    public readonly bool HasLink(ushort link) => _link == link || !_dialect.HasLinks;

    /// <summary>The hyperlink of what is printed from now on; 0 = none. Nothing where the reader has none.</summary>
    public void SetLink(ushort link)
    {
        if (_link != link)
        {
            ChangeLink(link);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChangeLink(ushort link)
    {
        if (_dialect.HasLinks)
        {
            OscWriter.WriteLink(ref Sink, _tables.Links[link]);
            _link = link;
        }
    }

    /// <summary>Makes the pen one that scrolls in and clears to cells of the default style.</summary>
    public void SetPenForBlanks()
    {
        if (!_penKnown || !_pen.Background.IsDefault)
        {
            SetPen(Style.Default);
        }
    }

    public void MoveTo(int row, int column)
    {
        if (_row == row && _column == column)
        {
            return;
        }

        MotionTo(row, column).Write(ref Sink);
        _row = row;
        _column = column;
    }

    /// <summary>What <see cref="MoveTo"/> would write.</summary>
    public readonly int MoveBytes(int row, int column) => _row == row && _column == column ? 0 : MotionTo(row, column).Bytes;

    private readonly CursorMotion MotionTo(int row, int column) =>
        _row == Unknown ? CursorMotion.To(row, column) : CursorMotion.Between(_dialect, _row, _column, row, column);

    public void PrintSpaces(int count) => PrintRepeated((byte)' ', count);

    /// <summary>The same ASCII character several times, by REP where that is shorter.</summary>
    public void PrintRepeated(byte character, int count)
    {
        if (_dialect.HasRepeat && count > 4 + CursorMotion.Digits(count - 1))
        {
            Sink.Put(character);
            Sink.Put("\e["u8);
            Sink.PutNumber(count - 1);
            Sink.Put((byte)'b');
        }
        else
        {
            Sink.PutRepeated(character, count);
        }

        Advance(count);
    }

    /// <summary>So many columns some terminal may give a cell: two to each character of a cluster, which it may not join, and to each of doubtful width.</summary>
    public readonly int ColumnsMax(Cell cell)
    {
        if (!cell.IsGrapheme)
        {
            return cell.Content < 0x7F || _dialect.IsNarrow(cell.Content) ? 1 : 2;
        }

        int columns = 0;
        foreach (Rune rune in _tables.Graphemes[cell.Content].EnumerateRunes())
        {
            columns += rune.IsAscii ? 1 : 2;
        }

        return columns;
    }

    /// <summary>Prints what the cell holds, with the pen as it is.</summary>
    public void Print(Cell cell)
    {
        int content = cell.Content;
        if (cell.IsGrapheme)
        {
            PrintGrapheme(_tables.Graphemes[content], cell.Width);
        }
        else if (content < 0x7F)
        {
            Sink.Put((byte)Math.Max(content, ' '));
            Advance(1);
        }
        else
        {
            PrintWideOrRare(content, cell.Width);
        }
    }

    private void PrintGrapheme(scoped ReadOnlySpan<char> text, int columns)
    {
        int simple = text.Length;
        int simpleColumns = columns;
        if (_dialect.SpellsClusters)
        {
            simple = ClusterWidth.SimplePrefix(text, out simpleColumns);
        }

        if (simple == text.Length && simpleColumns == columns)
        {
            Sink.PutText(text);
        }
        else
        {
            SpellCluster(text, columns, text[..simple], simpleColumns);
        }

        ForgetPlace();
    }

    /// <summary>
    /// What of a cluster takes cells everywhere, then, for those that know it, the whole of it (<see cref="Emulator.ClusterOsc"/>). The blanks are for those that do not:
    /// they would leave what stood in the second column.
    /// </summary>
    private void SpellCluster(scoped ReadOnlySpan<char> text, int columns, scoped ReadOnlySpan<char> simple, int simpleColumns)
    {
        if (simpleColumns < columns)
        {
            (int row, int column) = (_row, _column);
            PrintSpaces(columns);
            MoveTo(row, column);
        }

        Sink.PutText(simpleColumns == 0 ? " " : simple);
        Sink.Put("\e]"u8);
        Sink.PutNumber(Emulator.ClusterOsc);
        Sink.Put((byte)';');
        Sink.PutNumber(columns);
        Sink.Put((byte)';');
        Sink.PutText(text);
        Sink.Put((byte)'\a');
    }

    private void PrintWideOrRare(int codePoint, int width)
    {
        bool plain = width == 1 ? _dialect.IsNarrow(codePoint) : _dialect.IsWide(codePoint);
        if (plain)
        {
            Sink.PutCodePoint(codePoint);
            Advance(width);
            return;
        }

        Span<char> text = stackalloc char[2];
        Rune rune = ByteSink.IsControl(codePoint) || !Rune.IsValid(codePoint) ? Rune.ReplacementChar : new Rune(codePoint);
        PrintGrapheme(text[..rune.EncodeToUtf16(text)], width);
    }

    private void Advance(int columns)
    {
        _column += columns;
        if (_column >= _width)
        {
            ForgetPlace();
        }
    }
}
