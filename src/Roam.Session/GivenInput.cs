namespace Roam.Session;

/// <summary>Which client state ends at which position of the user log: read when the program has got everything up to there.</summary>
internal sealed class GivenInput
{
    /// <summary>Most entries. At the limit the newest takes the newer state's number and end: it is reported later, never too early.</summary>
    public const int EntriesMax = 128;

    private readonly (ulong Number, long End)[] _entries = new (ulong, long)[EntriesMax];
    private int _head;
    private int _count;

    public int Count => _count;

    public void Add(ulong number, long end)
    {
        if (_count == EntriesMax)
        {
            _entries[(_head + _count - 1) % EntriesMax] = (number, end);
            return;
        }

        _entries[(_head + _count) % EntriesMax] = (number, end);
        _count++;
    }

    /// <summary>True when a state was given whole: the newest such number.</summary>
    public bool TryTake(long given, out ulong number)
    {
        number = 0;
        bool found = false;
        while (_count != 0 && _entries[_head].End <= given)
        {
            number = _entries[_head].Number;
            found = true;
            _head = (_head + 1) % EntriesMax;
            _count--;
        }

        return found;
    }
}
