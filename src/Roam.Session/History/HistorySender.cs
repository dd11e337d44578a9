using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// Feeds the client's history stream from the log: lines in order, in blocks, a little after they left the screen, so that they gather and the picture goes first. Only a little lies in the
/// stream at a time. So what a flood pushes out of the log before its turn is skipped, and said, instead of sent for nobody's use.
/// </summary>
internal sealed class HistorySender(StreamSet streams, HistoryLog log, ICompressor compressor)
{
    /// <summary>Lines wait so long for company ...</summary>
    public const long GatherMillis = 40;

    /// <summary>... unless so much of them is there.</summary>
    private const int GatherBytes = 12 * 1024;

    /// <summary>Records of one block, unless the first alone is longer.</summary>
    private const int BlockBytes = 16 * 1024;

    /// <summary>Written and not acknowledged: enough for a fast path, little enough to be over soon on a slow one.</summary>
    private const int AheadBytesMax = 32 * 1024;

    /// <summary>Who is outrun by a flood waits for its end: what would go meanwhile is pieces between gaps. It ends when no line came for so long ...</summary>
    public const long QuietMillis = 100;

    /// <summary>... and is taken to have ended after this.</summary>
    public const long HoldMillis = 10_000;

    /// <summary>Lines that a diff on its way shows are held back so much longer than a round trip.</summary>
    private const long ShownSlackMillis = 60;

    /// <summary>Made with the first block: most sessions begin without one.</summary>
    private byte[]? _packed;
    private ulong _id;
    private bool _isOpen;
    private ulong _next;

    /// <summary>Lines below may come to the client in a diff; they wait, up to a time, for its word that they have.</summary>
    private ulong _claimed;
    private Instant _claimedUntil = Instant.Never;

    /// <summary>Number of the newest line when it was last looked at, and since when it is the newest.</summary>
    private ulong _seen;
    private Instant _seenAt;
    private Instant _gatherUntil = Instant.Never;
    private Instant _heldUntil = Instant.Never;

    /// <summary>When <see cref="Feed"/> has something to do although nothing happens.</summary>
    public Instant NextTimeout { get; private set; } = Instant.Never;

    /// <summary>The client asked for history and has not got all of it yet.</summary>
    public bool IsBehind => _isOpen && (_next < log.Next || streams.Unacknowledged(_id) != 0);

    /// <summary>A client asked for the lines from a number on. Asked again, the newest request counts.</summary>
    public void Open(Instant now, ulong id)
    {
        if (_isOpen)
        {
            streams.Reset(_id);
        }

        ReadOnlySpan<byte> target = streams.TargetOf(id);
        _id = id;
        _isOpen = true;
        _next = VarInt.TryRead(ref target, out ulong first) ? Math.Min(first, log.Next) : log.Next;
        (_seen, _seenAt) = (log.Next, now);
        _gatherUntil = now;
    }

    /// <summary>Whether it would be of use to the client to find the lines from a number on in its base: everything before is under way, and not all of them are.</summary>
    public bool Awaits(ulong first, int count) => _isOpen && _next >= first && _next < first + (ulong)count;

    /// <summary>A diff was made that shows the lines below this one.</summary>
    public void Claim(ulong end)
    {
        if (end > _claimed)
        {
            (_claimed, _claimedUntil) = (end, Instant.Never);
        }
    }

    /// <summary>No more waiting for company: the session is about to end.</summary>
    public void Hurry(Instant now)
    {
        _gatherUntil = Instant.Min(_gatherUntil, now);
        _heldUntil = Instant.Min(_heldUntil, now);
        _claimedUntil = Instant.Min(_claimedUntil, now);
    }

    public void Close() => _isOpen = false;

    public bool Serves(ulong id) => _isOpen && id == _id;

    /// <summary>Writes what is due into the stream. Called in each turn before datagrams are made.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="roundTripMillis">Of the path.</param>
    public void Feed(Instant now, long roundTripMillis)
    {
        NextTimeout = Instant.Never;
        TakePosition();
        if (!_isOpen || _next >= log.Next)
        {
            _gatherUntil = Instant.Never;
            return;
        }

        if (_gatherUntil == Instant.Never)
        {
            _gatherUntil = now.PlusMillis(GatherMillis);
        }

        if (_seen != log.Next)
        {
            (_seen, _seenAt) = (log.Next, now);
        }

        if (_next < _claimed)
        {
            _claimedUntil = _claimedUntil == Instant.Never ? now.PlusMillis((roundTripMillis * 3 / 2) + ShownSlackMillis) : _claimedUntil;
            if (now < _claimedUntil)
            {
                NextTimeout = _claimedUntil;
                return;
            }
        }

        while (_next < log.Next && streams.Unacknowledged(_id) < AheadBytesMax)
        {
            if (_next < log.First ? !TryWriteGap(now) : !TryWriteLines(now))
            {
                return;
            }
        }

        if (_next >= log.Next)
        {
            _gatherUntil = Instant.Never;
        }
    }

    /// <summary>The client says which line it wants next; what it found on its own screen need not be sent.</summary>
    private void TakePosition()
    {
        if (!_isOpen)
        {
            return;
        }

        ReadOnlySpan<byte> said = streams.Peek(_id);
        int length = said.Length;
        while (VarInt.TryRead(ref said, out ulong wanted))
        {
            _next = Math.Max(_next, Math.Min(wanted, log.Next));
        }

        streams.Consume(_id, length - said.Length);
    }

    private bool TryWriteGap(Instant now)
    {
        if (_heldUntil == Instant.Never)
        {
            _heldUntil = now.PlusMillis(HoldMillis);
        }

        Instant due = Instant.Min(_heldUntil, _seenAt.PlusMillis(QuietMillis));
        if (now < due)
        {
            NextTimeout = due;
            return false;
        }

        _heldUntil = Instant.Never;
        Span<byte> gap = stackalloc byte[HistoryBlock.HeadBytesMax];
        int length = HistoryBlock.WriteGap(gap, _next, log.First - _next);
        if (streams.WriteRoom(_id) < length)
        {
            return false;
        }

        streams.Write(_id, gap[..length]);
        _next = log.First;
        return true;
    }

    private bool TryWriteLines(Instant now)
    {
        int count = log.GetRun(_next, BlockBytes, out ReadOnlySpan<byte> records);
        if (count == 0)
        {
            return false;
        }

        if (now < _gatherUntil && records.Length < GatherBytes && _next + (ulong)count == log.Next)
        {
            NextTimeout = _gatherUntil;
            return false;
        }

        if (streams.WriteRoom(_id) < HistoryBlock.HeadBytesMax + records.Length + HistoryBlock.PackingSlackBytes)
        {
            return false;
        }

        _packed ??= new byte[HistoryBlock.PackedBytesMax];
        int packed = compressor.Deflate(records, _packed);
        if (packed <= 0)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[HistoryBlock.HeadBytesMax];
        int length = HistoryBlock.WriteHead(head, _next, count, records.Length, packed);
        streams.Write(_id, head[..length]);
        streams.Write(_id, _packed.AsSpan(0, packed));
        _next += (ulong)count;
        return true;
    }
}
