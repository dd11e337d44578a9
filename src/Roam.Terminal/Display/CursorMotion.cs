namespace Roam.Terminal;

/// <summary>
/// The shortest bytes from a known place to another: CUP, or a vertical and a horizontal step out of LF, CR, BS, CUU, CUD, CUF, CUB, CHA and VPA as far as the
/// reader has them. LF keeps the column: the terminal is raw. The scrolling region is the whole screen, so none of these is stopped by it.
/// </summary>
internal readonly struct CursorMotion
{
    private const int NeverBytes = 1 << 16;
    private const byte Position = (byte)'H';

    private readonly Step _vertical;
    private readonly Step _horizontal;
    private readonly int _row;
    private readonly int _column;

    private CursorMotion(Step vertical, Step horizontal, int row, int column)
    {
        _vertical = vertical;
        _horizontal = horizontal;
        _row = row;
        _column = column;
    }

    public int Bytes => _vertical.Bytes + _horizontal.Bytes;

    /// <summary>From an unknown place.</summary>
    public static CursorMotion To(int row, int column)
    {
        int bytes = 3 + (row == 0 && column == 0 ? 0 : Digits(row + 1)) + (column == 0 ? 0 : 1 + Digits(column + 1));
        return new CursorMotion(new Step(Position, 0, bytes), default, row, column);
    }

    public static CursorMotion Between<TDialect>(in TDialect dialect, int fromRow, int fromColumn, int row, int column)
        where TDialect : struct, IDialect
    {
        CursorMotion absolute = To(row, column);
        CursorMotion relative = new(Vertical(dialect, fromRow, row), Horizontal(dialect, fromColumn, column), row, column);
        return relative.Bytes < absolute.Bytes ? relative : absolute;
    }

    public void Write(ref ByteSink sink)
    {
        if (_vertical.Final == Position)
        {
            WritePosition(ref sink);
            return;
        }

        WriteStep(ref sink, _horizontal.Final == '\r' ? _horizontal : _vertical);
        WriteStep(ref sink, _horizontal.Final == '\r' ? _vertical : _horizontal);
    }

    private static Step Vertical<TDialect>(in TDialect dialect, int from, int to)
        where TDialect : struct, IDialect
    {
        if (from == to)
        {
            return default;
        }

        Step best = to > from && dialect.MovesByLineFeed ? new Step((byte)'\n', to - from, to - from) : new Step(0, 0, NeverBytes);
        if (dialect.HasCursorMotion)
        {
            best = Shorter(best, to > from ? Sequence((byte)'B', to - from) : Sequence((byte)'A', from - to));
        }

        return dialect.HasLineAddress ? Shorter(best, Sequence((byte)'d', to + 1)) : best;
    }

    private static Step Horizontal<TDialect>(in TDialect dialect, int from, int to)
        where TDialect : struct, IDialect
    {
        if (from == to)
        {
            return default;
        }

        if (to == 0)
        {
            return new Step((byte)'\r', 1, 1);
        }

        Step best = to < from ? new Step((byte)'\b', from - to, from - to) : new Step(0, 0, NeverBytes);
        if (dialect.HasCursorMotion)
        {
            best = Shorter(best, to > from ? Sequence((byte)'C', to - from) : Sequence((byte)'D', from - to));
        }

        return dialect.HasLineAddress ? Shorter(best, Sequence((byte)'G', to + 1)) : best;
    }

    private static Step Sequence(byte final, int count) => new(final, count, 3 + (count == 1 ? 0 : Digits(count)));

    private static Step Shorter(Step a, Step b) => b.Bytes < a.Bytes ? b : a;

    public static int Digits(int number) => number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 4;

    private static void WriteStep(ref ByteSink sink, Step step)
    {
        if (step.Final < ' ')
        {
            sink.PutRepeated(step.Final, step.Count);
            return;
        }

        sink.Put("\e["u8);
        if (step.Count != 1)
        {
            sink.PutNumber(step.Count);
        }

        sink.Put(step.Final);
    }

    private void WritePosition(ref ByteSink sink)
    {
        sink.Put("\e["u8);
        if (_row != 0 || _column != 0)
        {
            sink.PutNumber(_row + 1);
        }

        if (_column != 0)
        {
            sink.Put((byte)';');
            sink.PutNumber(_column + 1);
        }

        sink.Put(Position);
    }

    /// <summary>A control character (Count times) or the final byte of a sequence with Count as its parameter; nothing when default.</summary>
    private readonly record struct Step(byte Final, int Count, int Bytes);
}
