namespace Roam.Lab;

/// <summary>Types into a session by a schedule and notes for each key how long its character took to appear.</summary>
internal sealed class TypedSession(LiveSession session, KeySchedule schedule)
{
    private readonly Queue<(int Index, long TypedNanos)> _pending = new();
    private int _index;
    private int _left;
    private Traffic _before;

    public LiveSession Session { get; } = session;

    /// <summary>From the write to the client's terminal until the character is drawn there, in the order of typing.</summary>
    public List<double> LatenciesMillis { get; } = new(1024);

    /// <summary>Between the first key and the appearance of the last one.</summary>
    public Traffic Traffic { get; private set; }

    public long NextKeyNanos { get; private set; } = long.MaxValue;

    public bool IsDone => _left == 0 && _pending.Count == 0;

    /// <summary>Forgets what was measured and starts typing. What an earlier run still waits for is given up.</summary>
    public void Begin(int keys)
    {
        _left = keys;
        _pending.Clear();
        LatenciesMillis.Clear();
        _before = Session.Traffic;
        NextKeyNanos = MonotonicClock.Nanos + schedule.NextGapNanos();
    }

    public void TypeNext()
    {
        byte letter = EchoLayout.Letter(_index);
        _pending.Enqueue((_index++, MonotonicClock.Nanos));
        Session.Type(new ReadOnlySpan<byte>(in letter));
        _left--;
        NextKeyNanos = _left == 0 ? long.MaxValue : NextKeyNanos + schedule.NextGapNanos();
    }

    /// <summary>The pictures are as they were at that time.</summary>
    public void Look(long nowNanos)
    {
        bool was = IsDone;
        while (_pending.TryPeek(out (int Index, long TypedNanos) key) && Session.Shows(EchoLayout.Row(key.Index), EchoLayout.Column(key.Index), EchoLayout.Letter(key.Index)))
        {
            LatenciesMillis.Add(MonotonicClock.ToMillis(nowNanos - key.TypedNanos));
            _ = _pending.Dequeue();
        }

        if (IsDone && !was)
        {
            Traffic = Session.Traffic - _before;
        }
    }

    /// <summary>What did not appear in time stays out of the latencies.</summary>
    public void GiveUp()
    {
        if (!IsDone)
        {
            Traffic = Session.Traffic - _before;
        }
    }
}
