using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>
/// The client's side: lines that have come and are not in the terminal's scrollback yet, oldest first, kept as they came. Numbers follow one another without a hole: what is missing is a gap,
/// and what came before is not taken again. Bounded: when <see cref="IsFull"/> the owner stops reading, and the sender waits.
/// </summary>
public sealed class PendingHistory
{
    /// <summary>Lines that may wait; one more block fits above.</summary>
    public const int LinesMax = 4096;

    /// <summary>Bytes that may wait, the same.</summary>
    public const int BytesMax = 512 * 1024;

    private HistoryLineWriter? _writer;
    private byte[] _bytes = [];
    private HistoryLineHead[] _heads = [];
    private int[] _offsets = [];
    private int _first;
    private int _start;
    private int _end;

    /// <summary>Number of the next line to commit.</summary>
    public ulong Next { get; private set; }

    /// <summary>Number of the next line that is wanted.</summary>
    public ulong Wanted { get; private set; }

    /// <summary>Lines that wait; a gap counts as one.</summary>
    public int Count { get; private set; }

    /// <summary>Nothing more is taken until some were committed.</summary>
    public bool IsFull => Count >= LinesMax || _end - _start >= BytesMax;

    /// <summary>What the arrays take.</summary>
    internal int BytesHeld => _bytes.Length + (_offsets.Length * sizeof(int)) + (_heads.Length * Unsafe.SizeOf<HistoryLineHead>());

    /// <summary>Forgets everything; the next line wanted is this one.</summary>
    public void StartAt(ulong number)
    {
        (Next, Wanted) = (number, number);
        (Count, _first, _start, _end) = (0, 0, 0, 0);
    }

    public HistoryLineHead HeadAt(int i) => _heads[_first + i];

    /// <summary>The cells of a line; all of the destination is written. A gap has none.</summary>
    public void Read(int i, ScreenTables tables, Span<Cell> cells)
    {
        HistoryLineHead head = _heads[_first + i];
        if (head.IsGap)
        {
            cells.Fill(Cell.Blank(0));
        }
        else
        {
            HistoryLineReader.ReadCells(_bytes.AsSpan(_offsets[_first + i], head.Bytes), tables, cells);
        }
    }

    /// <summary>The oldest lines are in the terminal's hands.</summary>
    public void Commit(int count)
    {
        for (int i = 0; i < count; i++)
        {
            HistoryLineHead head = _heads[_first];
            Next = head.Number + Math.Max(head.GapCount, 1);
            _start += head.Bytes;
            _first++;
            Count--;
        }

        if (Count == 0)
        {
            (_first, _start, _end) = (0, 0, 0);
            if (_bytes.Length > BytesMax / 8)
            {
                // A flood is over.
                (_bytes, _heads, _offsets) = ([], [], []);
            }
        }
    }

    /// <summary>
    /// Takes lines: records one after another, the first of them with the given number. Those known already are skipped, a hole before them becomes a gap. False: malformed; what came before
    /// the bad record is taken.
    /// </summary>
    public bool Append(ulong number, ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            if (!HistoryLineReader.TryReadHead(records, number, out HistoryLineHead head) || number == ulong.MaxValue)
            {
                return false;
            }

            if (number >= Wanted)
            {
                AppendGap(Wanted, number - Wanted);
                Add(head, records[..head.Bytes]);
            }

            records = records[head.Bytes..];
            number++;
        }

        return true;
    }

    /// <summary>A row that was on the screen before it became the line of that number: taken if it is the next one wanted and there is room. False: not taken.</summary>
    public bool TryTakeRow(ulong number, Row row, Row next, ScreenTables tables)
    {
        if (number != Wanted || IsFull)
        {
            return false;
        }

        _writer ??= new HistoryLineWriter();
        return Append(number, _writer.Write(row, next, tables));
    }

    /// <summary>So many lines from a number on were not kept by the server.</summary>
    public void AppendGap(ulong number, ulong count)
    {
        ulong end = number > ulong.MaxValue - count ? ulong.MaxValue : number + count;
        if (end <= Wanted)
        {
            return;
        }

        if (Count > 0 && _heads[_first + Count - 1] is { IsGap: true } last)
        {
            // One gap after another is one gap.
            _heads[_first + Count - 1] = last with { GapCount = end - last.Number };
            Wanted = end;
        }
        else
        {
            Add(new HistoryLineHead(Wanted, end - Wanted, 0, 0, false, false, 0), []);
        }
    }

    private void Add(in HistoryLineHead head, ReadOnlySpan<byte> record)
    {
        Reserve(record.Length);
        record.CopyTo(_bytes.AsSpan(_end));
        _heads[_first + Count] = head;
        _offsets[_first + Count] = _end;
        _end += record.Length;
        Count++;
        Wanted = head.Number + Math.Max(head.GapCount, 1);
    }

    /// <summary>Room for one more line: what was committed is dropped first, then the arrays grow.</summary>
    private void Reserve(int bytes)
    {
        if (_end + bytes <= _bytes.Length && _first + Count < _heads.Length)
        {
            return;
        }

        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _heads.AsSpan(_first, Count).CopyTo(_heads);
        for (int i = 0; i < Count; i++)
        {
            _offsets[i] = _offsets[_first + i] - _start;
        }

        (_first, _end, _start) = (0, _end - _start, 0);

        // Twice as large as what waits, so that what waits is not moved for every line.
        if (_end + bytes > _bytes.Length / 2)
        {
            Array.Resize(ref _bytes, Math.Max(2048, (_end + bytes) * 2));
        }

        if (Count >= _heads.Length / 2)
        {
            int size = Math.Max(64, (Count + 1) * 2);
            Array.Resize(ref _heads, size);
            Array.Resize(ref _offsets, size);
        }
    }
}
