using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// All user events of one session that somebody may still need, in a ring, by absolute position. Every <see cref="UserStream"/> of the session is a position in it:
/// copies cost nothing and memory is that of one copy. An honest peer's states are prefixes of one another, so one log serves the receiving side too; a state that
/// contradicts an earlier one is refused.
/// The floor moves up when events are acknowledged (sender), or when every held state contains them and the program has got them (receiver).
/// </summary>
internal sealed class UserLog
{
    /// <summary>Most events kept (4 MB). At the limit a client drops what is typed and says so; a server refuses new states, so that the client keeps the events and sends them again.</summary>
    public const int UnitsMax = 1 << 20;

    /// <summary>Most events that say what the terminal is. At the limit a server refuses the state.</summary>
    public const int TerminalsMax = 64;

    /// <summary>A client has at most so many on the way, and says the newest one later: what a server has let go of is known to it only a while after it was acknowledged.</summary>
    public const int TerminalsSentMax = 16;

    private const int UnitsMin = 1024;

    private const ulong HashSeed = 0xcbf29ce484222325;

    private readonly Stack<UserStream> _spare = new();
    private readonly List<(long Position, byte[] Words)> _terminals = [];
    private UserUnit[] _ring = new UserUnit[UnitsMin];
    private long _floor;
    private long _consumed = long.MaxValue;
    private long _shared;
    private long _released;

    /// <summary>The sending side: goes before the first events; null for a client that does not announce itself.</summary>
    public Announcement? Hello { get; init; }

    /// <summary>The receiving side: what the client announced, null as long as it has not. The first one counts.</summary>
    public Announcement? PeerHello { get; private set; }

    /// <summary>Position after the newest event.</summary>
    public long End { get; private set; }

    /// <summary>Position of the oldest event kept.</summary>
    public long Floor => _floor;

    public int Count => (int)(End - _floor);

    /// <summary>Events kept that say what the terminal is.</summary>
    public int TerminalCount => _terminals.Count;

    public int Capacity => _ring.Length;

    /// <summary>For joining adjacent keys.</summary>
    internal GrowingBuffer Scratch { get; } = new();

    internal UserUnit this[long position] => _ring[(int)(position & (_ring.Length - 1))];

    /// <summary>False at the limit: nothing was added.</summary>
    internal bool TryAppend(UserUnit unit)
    {
        if (Count == _ring.Length && !TryGrow())
        {
            return false;
        }

        _ring[(int)(End & (_ring.Length - 1))] = unit;
        End++;
        return true;
    }

    /// <summary>Of several resizes in a row only the last counts: one that nobody has seen yet is replaced.</summary>
    internal bool TryAppendResize(int width, int height)
    {
        UserUnit unit = UserUnit.Resize(width, height);
        if (End > _floor && End > _shared && this[End - 1].IsResize)
        {
            _ring[(int)((End - 1) & (_ring.Length - 1))] = unit;
            return true;
        }

        return TryAppend(unit);
    }

    /// <summary>False at the limit: nothing was added.</summary>
    internal bool TryAppendTerminal(byte[] words)
    {
        if (_terminals.Count == TerminalsMax || !TryAppend(UserUnit.Terminal(words)))
        {
            return false;
        }

        _terminals.Add((End - 1, words));
        return true;
    }

    /// <summary>What the event at the position says of the terminal; the event is one of these.</summary>
    internal ReadOnlySpan<byte> TerminalAt(long position)
    {
        int at = _terminals.FindIndex(t => t.Position == position);
        return at < 0 ? default : _terminals[at].Words;
    }

    /// <summary>The receiving side: could a state hold this event here? True beyond the end. What lies below the floor is not looked at again.</summary>
    internal bool Agrees(long position, UserUnit unit) => position >= End || (position >= _floor && this[position] == unit);

    /// <summary>The receiving side: keeps an event that <see cref="Agrees"/> passed.</summary>
    internal void Take(long position, UserUnit unit)
    {
        if (position == End)
        {
            TryAppend(unit);
        }
    }

    /// <summary>The same for one that says what the terminal is.</summary>
    internal void TakeTerminal(long position, ReadOnlySpan<byte> words)
    {
        if (position == End)
        {
            TryAppendTerminal(words.ToArray());
        }
    }

    /// <summary>The receiving side: no event, and no part of any state, so the log keeps it beside them.</summary>
    internal void TakeHello(in AnnouncementMessage hello) => PeerHello ??= Announcement.From(hello);

    /// <summary>The receiving side: events below the position were given to the program. Until the first call nothing waits for a program.</summary>
    internal void SetConsumed(long position)
    {
        _consumed = position;
        Trim();
    }

    /// <summary>Every state still held contains the events below the position.</summary>
    internal void SetReleased(long position)
    {
        _released = Math.Max(_released, position);
        Trim();
    }

    /// <summary>A stream reaches up to here: what it contains does not change any more.</summary>
    internal void SetShared(long position) => _shared = Math.Max(_shared, position);

    /// <summary>Running hash over all events of the session up to a position, from the hash at an earlier one.</summary>
    internal ulong HashFrom(ulong hash, long from, long to)
    {
        for (long i = from; i < to; i++)
        {
            hash = (hash ^ this[i].Bits) * 0x100000001b3;
        }

        return hash;
    }

    internal static ulong EmptyHash => HashSeed;

    internal UserStream Rent() => _spare.TryPop(out UserStream? stream) ? stream : new UserStream(this);

    internal void Return(UserStream stream)
    {
        if (_spare.Count < UserStream.SpareMax)
        {
            _spare.Push(stream);
        }
    }

    private void Trim()
    {
        long floor = Math.Min(Math.Min(_released, _consumed), End);
        if (floor <= _floor)
        {
            return;
        }

        _floor = floor;
        while (_terminals.Count != 0 && _terminals[0].Position < floor)
        {
            _terminals.RemoveAt(0);
        }

        if (_floor == End && _ring.Length > UnitsMin * 16)
        {
            // A large paste is over: its memory is not kept for days.
            _ring = new UserUnit[UnitsMin];
        }
    }

    private bool TryGrow()
    {
        if (_ring.Length == UnitsMax)
        {
            return false;
        }

        UserUnit[] larger = new UserUnit[_ring.Length * 2];
        for (long i = _floor; i < End; i++)
        {
            larger[(int)(i & (larger.Length - 1))] = this[i];
        }

        _ring = larger;
        return true;
    }
}
