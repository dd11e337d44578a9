namespace Roam.Transport;

/// <summary>
/// Which datagrams came, and when that is to be said (RFC 9000, section 13.2). Instructions are noted too, so that the ranges have no gaps where nothing is missing; they are
/// said only along with stream datagrams above them.
/// </summary>
internal sealed class AckTracker
{
    private readonly RangeSet _received = new(StreamLimits.AckRangesKept);

    /// <summary>All below came, or is given up.</summary>
    private ulong _floor;

    /// <summary>Highest number of all datagrams plus one; highest that asks for an acknowledgement, and when it came.</summary>
    private ulong _highest;
    private ulong _top;
    private Instant _topAt;
    private bool _hasTop;
    private int _unsaid;

    /// <summary>When an acknowledgement goes, with nothing else if need be; Never while nothing is left to say.</summary>
    internal Instant Due { get; private set; } = Instant.Never;

    internal bool HasNews => _unsaid > 0;

    internal bool IsRepeat(ulong number) => number < _floor || _received.Contains(number);

    /// <summary>A datagram came that asks for nothing.</summary>
    internal void Note(ulong number)
    {
        if (number < _floor)
        {
            return;
        }

        _highest = Math.Max(_highest, number + 1);
        while (!_received.TryAdd(number, number + 1))
        {
            // What is missing there is given up: should it come, it counts as a repeat and is sent again under another number.
            _floor = _received.EndOf(0);
            _received.RemoveLowest();
            if (number < _floor)
            {
                return;
            }
        }
    }

    /// <summary>A datagram came that asks for an acknowledgement.</summary>
    internal void Take(Instant now, ulong number)
    {
        bool isInOrder = number == _highest || !_hasTop;
        Note(number);
        if (!_hasTop || number > _top)
        {
            (_hasTop, _top, _topAt) = (true, number, now);
        }

        _unsaid++;
        bool isNow = !isInOrder || _unsaid >= StreamLimits.DatagramsForAck;
        Due = isNow ? now : Instant.Min(Due, now.PlusMillis(StreamLimits.AckDelayMillis));
    }

    /// <summary>Writes the frame. The top is what <see cref="Forget"/> is to be told when the frame itself is acknowledged.</summary>
    internal bool TryWrite(Instant now, ref FrameWriter writer, out ulong top)
    {
        top = _top;
        long delay = Math.Clamp(now.Micros - _topAt.Micros, 0, StreamLimits.RoundTripMillisMax * 1000);
        bool isWritten = _hasTop && writer.TryAck(_received, _top, (ulong)delay);

        // Not written, when the number is forgotten by now: then there is nothing left to say.
        _hasTop = isWritten;
        _unsaid = 0;
        Due = Instant.Never;
        return isWritten;
    }

    /// <summary>The peer knows of all ranges up to the number: those that end below it need not be said again (RFC 9000, section 13.2.4).</summary>
    internal void Forget(ulong top)
    {
        while (_received.Count > 1 && _received.EndOf(0) <= top)
        {
            _floor = _received.EndOf(0);
            _received.RemoveLowest();
        }
    }
}
