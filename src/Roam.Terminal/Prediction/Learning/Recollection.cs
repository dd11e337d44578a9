namespace Roam.Terminal;

/// <summary>What was learnt in this session, by key. At the limit the record that was not asked for the longest is forgotten.</summary>
internal sealed class Recollection<TRecord>(int capacity)
    where TRecord : struct
{
    private readonly ulong[] _keys = new ulong[capacity];
    private readonly long[] _usedTicks = new long[capacity];
    private readonly TRecord[] _records = new TRecord[capacity];
    private int _count;
    private long _tick;

    /// <summary>The record of a key, a new one when there is none.</summary>
    public ref TRecord Of(ulong key)
    {
        int at = _keys.AsSpan(0, _count).IndexOf(key);
        if (at < 0)
        {
            at = _count < capacity ? _count++ : _usedTicks.AsSpan().IndexOf(_usedTicks.Min());
            _keys[at] = key;
            _records[at] = default;
        }

        _usedTicks[at] = ++_tick;
        return ref _records[at];
    }
}
