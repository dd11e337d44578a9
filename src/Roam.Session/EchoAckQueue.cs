using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// When which client state was given to the program. An entry that is 50 ms old becomes the echo acknowledgement: by then the program's answer is on the screen (ssp.md section 7).
/// </summary>
internal sealed class EchoAckQueue(int delayMillis = EchoAckQueue.DelayMillis)
{
    /// <summary>Delay between giving input to the program and acknowledging its echo (as stock).</summary>
    public const int DelayMillis = 50;

    /// <summary>Most entries. At the limit the newest entry takes the newer number and time: the acknowledgement comes later, never too early.</summary>
    public const int EntriesMax = 128;

    private readonly (ulong Number, Instant Given)[] _entries = new (ulong, Instant)[EntriesMax];
    private int _head;
    private int _count;

    public int Count => _count;

    public Instant NextTimeout => _count == 0 ? Instant.Never : _entries[_head].Given.PlusMillis(delayMillis);

    public void Add(Instant now, ulong number)
    {
        if (_count == EntriesMax)
        {
            _entries[(_head + _count - 1) % EntriesMax] = (number, now);
            return;
        }

        _entries[(_head + _count) % EntriesMax] = (number, now);
        _count++;
    }

    /// <summary>True when an entry came of age: the newest such number.</summary>
    public bool TryTakeDue(Instant now, out ulong number)
    {
        number = 0;
        bool found = false;
        while (_count != 0 && _entries[_head].Given.PlusMillis(delayMillis) <= now)
        {
            number = _entries[_head].Number;
            found = true;
            _head = (_head + 1) % EntriesMax;
            _count--;
        }

        return found;
    }
}
