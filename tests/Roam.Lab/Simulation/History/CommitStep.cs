using Roam.Terminal;

namespace Roam.Lab;

/// <summary>One update of the user's terminal as far as history goes: what was taken off the waiting lines, what those lines were at the server, what came into the scrollback.</summary>
internal sealed class CommitStep
{
    private readonly LineReader _reader = new();
    private int _waiting;
    private ulong _wanted;

    /// <summary>What was committed.</summary>
    public List<HistoryLineHead> Entries { get; } = [];

    /// <summary>The same lines as the server had them; null for a gap, and for a line that it never had to give.</summary>
    public List<LineMark?> Expected { get; } = [];

    /// <summary>What came: rows of the terminal's scrollback, or, without a terminal, the lines as they waited.</summary>
    public List<LineMark> Shown { get; } = [];

    /// <summary>Rows came to a terminal's scrollback; else lines were taken as they were.</summary>
    public bool IsOnTerminal { get; init; }

    /// <summary>The window was changed since the last update of the main screen: the painter may push rows again.</summary>
    public bool Settles { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    /// <summary>Lines above the frame; those below that number are still on the screen.</summary>
    public ulong LinesAbove { get; set; }

    /// <summary>Number of the line that is to be committed next.</summary>
    public ulong Next { get; private set; }

    public void Begin(PendingHistory pending)
    {
        Entries.Clear();
        Expected.Clear();
        Shown.Clear();
        _waiting = pending.Count;
        _wanted = pending.Wanted;
        for (int i = 0; i < _waiting; i++)
        {
            Entries.Add(pending.HeadAt(i));
        }
    }

    /// <summary>Without a terminal: all that may leave under a frame is taken.</summary>
    public void TakeAll(PendingHistory pending, ulong linesAbove)
    {
        int count = 0;
        while (count < pending.Count && pending.HeadAt(count) is { } head && head.Number + Math.Max(head.GapCount, 1) <= linesAbove)
        {
            Shown.Add(head.IsGap ? default : _reader.MarkOf(pending, count));
            count++;
        }

        pending.Commit(count);
    }

    /// <summary>What was committed is known now.</summary>
    public void End(PendingHistory pending, LineLedger ledger)
    {
        int left = pending.Count;
        Entries.RemoveRange(_waiting - left, left);
        if (left == 0 && pending.Next > _wanted)
        {
            AddLastGap(pending.Next);
        }

        Next = pending.Next;
        foreach (HistoryLineHead head in Entries)
        {
            LineMark? line = null;
            for (ulong i = 0; i < Math.Max(head.GapCount, 1); i++)
            {
                line = ledger.Take();
            }

            Expected.Add(head.IsGap ? null : line);
        }
    }

    /// <summary>At the very end the painter itself says what has not come.</summary>
    private void AddLastGap(ulong end)
    {
        if (Entries.Count != 0 && Entries[^1] is { IsGap: true } last)
        {
            Entries[^1] = last with { GapCount = end - last.Number };
        }
        else
        {
            Entries.Add(new HistoryLineHead(_wanted, end - _wanted, 0, 0, false, false, 0));
        }
    }
}
