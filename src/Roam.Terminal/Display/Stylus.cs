using System.Buffers;
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
    private const int BackspacesMax = 3;
    private const int LineFeedsMax = 3;

    public ByteSink Sink = new(destination);

    private readonly TDialect _dialect = dialect;
    private readonly ScreenTables _tables = tables;
    private readonly int _width = width;
    private int _row = Unknown;
    private int _column;
    private bool _penKnown;
    private int _penId = Unknown;
    private Style _pen;

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

    public void ForgetPlace() => _row = Unknown;

    public readonly Style Pen => _pen;

    public readonly bool HasPen(ushort style) => _penId == style;

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

        _dialect.WriteStyle(ref Sink, style);
        _pen = style;
        _penId = Unknown;
        _penKnown = true;
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

        if (!TryMoveCheaply(row, column))
        {
            WriteCursorPosition(row, column);
        }

        _row = row;
        _column = column;
    }

    private bool TryMoveCheaply(int row, int column)
    {
        int down = row - _row;
        if (_row == Unknown || down < 0 || down > LineFeedsMax)
        {
            return false;
        }

        int back = _column - column;
        if (back is > 0 and <= BackspacesMax && down == 0 && column != 0)
        {
            Sink.PutRepeated((byte)'\b', back);
            return true;
        }

        if (column != 0 && back != 0)
        {
            return false;
        }

        if (back != 0)
        {
            Sink.Put((byte)'\r');
        }

        Sink.PutRepeated((byte)'\n', down);
        return true;
    }

    private void WriteCursorPosition(int row, int column)
    {
        Sink.Put("\e["u8);
        if (row != 0 || column != 0)
        {
            Sink.PutNumber(row + 1);
        }

        if (column != 0)
        {
            Sink.Put((byte)';');
            Sink.PutNumber(column + 1);
        }

        Sink.Put((byte)'H');
    }

    public void PrintSpaces(int count)
    {
        Sink.PutRepeated((byte)' ', count);
        Advance(count);
    }

    /// <summary>The most columns that some terminal may give a cell: a doubtful character may be wide, and a cluster may be shown part by part.</summary>
    public readonly int Widest(Cell cell) => cell.IsGrapheme
        ? ClusterWidth.Widest(_tables.Graphemes[cell.Content])
        : cell.Content < 0x7F || PlainWidth.IsNarrow(cell.Content) ? 1 : 2;

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
        bool plain = width == 1 ? PlainWidth.IsNarrow(codePoint) : _dialect.TrustsIdeographs && PlainWidth.IsWide(codePoint);
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
