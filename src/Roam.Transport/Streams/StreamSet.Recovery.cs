namespace Roam.Transport;

/// <summary>Loss detection (RFC 9002, sections 5 and 6): what was acknowledged, what is lost, when to ask again.</summary>
public sealed partial class StreamSet
{
    /// <summary>RFC 9002, section 6.1.1. On a path that reorders more it rises, up to the second.</summary>
    private const int ReorderMin = 3;
    private const int ReorderMax = 300;

    /// <summary>RFC 9002, section 6.1.2: 9/8 of the round trip; likewise.</summary>
    private const int PatienceEighthsMin = 9;
    private const int PatienceEighthsMax = 24;

    /// <summary>After so many unanswered probes the window is least, and datagrams are short, should the path not carry long ones.</summary>
    private const int ProbesForTimeout = 2;
    private const int BackoffShiftMax = 16;

    /// <summary>After a keystroke or a new picture the path is shared for so long.</summary>
    private const long InteractiveMillis = 1000;

    private readonly SentPackets _packets = new();

    /// <summary>Datagrams of either kind that are known to have arrived: a range that is said again costs nothing.</summary>
    private readonly RangeSet _arrived = new(StreamLimits.AckRangesKept);
    private readonly StreamRoundTrip _roundTrip = new();
    private long _inFlight;
    private int _reorder = ReorderMin;
    private int _patienceEighths = PatienceEighthsMin;
    private Instant _lastPathChange = new(long.MinValue / 2);
    private int _probesUnanswered;
    private bool _hasAcked;
    private ulong _largestAcked;

    /// <summary>None of the datagrams below is under way.</summary>
    private ulong _settledTo;
    private Instant _lossAt = Instant.Never;
    private Instant _lastAskedAt = Instant.Never;
    private Instant _interactiveUntil = Instant.Zero;

    /// <summary>Bytes acknowledged in all; when the last were, and when the datagram that brought it left. A round ends when what was sent after the last one's end is acknowledged.</summary>
    private long _delivered;
    private Instant _deliveredAt;
    private Instant _firstSentAt;
    private long _roundEndsAt;

    /// <summary>Gathered while one acknowledgement is read.</summary>
    private AckSample _sample;
    private bool _isSampleOfTop;

    /// <summary>Of what is not under way any more the oldest gives its place to the next.</summary>
    private bool HasPlace => !_packets.IsFull || _packets[0].Fate != PacketFate.InFlight;

    internal long InFlightBytes => _inFlight;

    internal string Congestion => $"{_controller} in flight {_inFlight}; sent {_sent} of {_sendLimit}, received {_received}, consumed {_consumed} of {_receiveLimit}";

    internal int PacketsHeld => _packets.Count;

    /// <summary>When <see cref="HandleTimeout"/> has something to do.</summary>
    internal Instant NextTimeout
    {
        get
        {
            if (_inFlight == 0)
            {
                return Instant.Never;
            }

            long pause = Math.Min(_roundTrip.ProbeMicros << Math.Min(_probesUnanswered, BackoffShiftMax), StreamLimits.ProbePauseMillisMax * 1000);
            return Instant.Min(_lossAt, _lastAskedAt.PlusMicros(pause));
        }
    }

    internal void HandleTimeout(Instant now)
    {
        _now = now;
        if (_lossAt <= now)
        {
            _sample = default;
            FindLost(now);
            TellController(now, isRoundEnd: false);
            return;
        }

        if (NextTimeout > now)
        {
            return;
        }

        _probesUnanswered++;
        Probe();
        if (_probesUnanswered == ProbesForTimeout)
        {
            _controller.TakeTimeout(now);
        }
    }

    /// <summary>The peer was heard. After a silence nothing waits for the next probe's time.</summary>
    internal void TakeHeard(Instant now)
    {
        if (_probesUnanswered >= ProbesForTimeout && now.Micros - _lastAskedAt.Micros >= _roundTrip.ProbeMicros)
        {
            _probesUnanswered = 1;
            Probe();
        }
    }

    /// <summary>What is under way went another way and is lost, most likely. Often repeated changes only make it ask anew.</summary>
    internal void TakePathChange(Instant now)
    {
        bool isFlapping = _inFlight != 0 && now.Micros - _lastPathChange.Micros < _roundTrip.ProbeMicros;
        _lastPathChange = now;
        if (isFlapping)
        {
            Probe();
            return;
        }

        for (int i = 0; i < _packets.Count; i++)
        {
            if (_packets[i].Fate == PacketFate.InFlight)
            {
                Lose(ref _packets[i]);
            }
        }

        _controller.Reset(now);
        _roundTrip.Reset();
        _pacer.Reset();
        _lossAt = Instant.Never;
        _probesUnanswered = 0;
        (_reorder, _patienceEighths) = (ReorderMin, PatienceEighthsMin);
        _longLost = 0;
        (_isLongProven, _isShortArrived) = (false, false);
        _probes = HasPending() ? 1 : 0;
    }

    /// <summary>The system would not send the newest: too long. It goes again, shorter.</summary>
    internal void TakeTooLong()
    {
        if (_packets.Count > 0 && _packets[_packets.Count - 1].Fate == PacketFate.InFlight)
        {
            Lose(ref _packets[_packets.Count - 1]);
        }
    }

    /// <summary>SSP measured a round trip.</summary>
    internal void TakeRoundTrip(Instant now, long micros, in RoundTrip roundTrip)
    {
        _roundTrip.Guess(roundTrip);
        _controller.TakeRoundTrip(now, micros);
    }

    /// <summary>Someone types, or the picture changed.</summary>
    internal void TakeActivity(Instant now) => _interactiveUntil = now.PlusMillis(InteractiveMillis);

    private bool IsInteractive(Instant now) => now < _interactiveUntil;

    private void NoteSent(Instant now, in SentPacket packet)
    {
        if (_inFlight == 0)
        {
            _firstSentAt = _deliveredAt = now;
            _controller.TakeRestart(now);
        }

        if (_packets.IsFull)
        {
            // Under way only when this is a probe.
            RemoveOldest();
        }

        ref SentPacket kept = ref _packets.Add();
        kept = packet;
        kept.Delivered = _delivered;
        kept.DeliveredAt = _deliveredAt;
        kept.FirstSentAt = _firstSentAt;
        _inFlight += packet.WireBytes;
        _lastAskedAt = now;
        if (_probes > 0)
        {
            _probes--;
            Counters.ProbesSent++;
        }

        _pacer.Take(now, packet.WireBytes, _controller.PaceBytesPerSecond);
    }

    private void TakeAck(Instant now, in StreamFrame frame, ulong numbersSent)
    {
        if (frame.Offset >= numbersSent)
        {
            Counters.RefusedFrames++;
            return;
        }

        _sample = default;
        _isSampleOfTop = false;
        bool isRoundEnd = false;
        AckRanges ranges = new(frame.Offset, frame.Data);
        while (ranges.MoveNext())
        {
            isRoundEnd |= TakeRange(now, ranges.Low, ranges.High + 1, frame.Offset);
        }

        (_hasAckNews, _ackLow, _ackTop) = (true, ranges.Low, frame.Offset);
        if (!_hasAcked || frame.Offset > _largestAcked)
        {
            (_hasAcked, _largestAcked) = (true, frame.Offset);
        }

        if (_sample.AckedDatagrams == 0)
        {
            return;
        }

        if (_isSampleOfTop)
        {
            TakeSample(frame.Value);
        }

        _probesUnanswered = 0;
        FindLost(now);
        TellController(now, isRoundEnd);
        Tidy(now);
    }

    /// <summary>Datagrams from the first number to before the second. Those that were said before are passed over in one step.</summary>
    private bool TakeRange(Instant now, ulong start, ulong end, ulong top)
    {
        bool isRoundEnd = false;
        for (ulong from = start; from < end;)
        {
            int known = _arrived.FirstEndingAfter(from);
            bool isKnown = known < _arrived.Count && _arrived.StartOf(known) <= from;
            ulong to = isKnown ? _arrived.EndOf(known) : known < _arrived.Count ? Math.Min(end, _arrived.StartOf(known)) : end;
            for (int i = isKnown ? _packets.Count : _packets.FirstFrom(from); i < _packets.Count && _packets[i].Number < to; i++)
            {
                isRoundEnd |= TakeAcknowledged(now, ref _packets[i], top);
            }

            from = to;
        }

        while (!_arrived.TryAdd(start, end) && _arrived.StartOf(0) < start)
        {
            _arrived.RemoveLowest();
        }

        return isRoundEnd;
    }

    /// <summary>Of the datagram itself: true when it ends a round.</summary>
    private bool TakeAcknowledged(Instant now, ref SentPacket packet, ulong top)
    {
        if (packet.Fate == PacketFate.Acknowledged)
        {
            return false;
        }

        bool wasLost = packet.Fate == PacketFate.Lost;
        bool wasInFlight = packet.Fate == PacketFate.InFlight;
        packet.Fate = PacketFate.Acknowledged;
        for (int i = 0; i < packet.FrameCount; i++)
        {
            TakeAcknowledged(packet.Frames[i]);
        }

        _acks.Forget(packet.AckedTop);
        TakeLengthArrived(packet.WireBytes);
        if (wasLost)
        {
            Counters.WronglyLost++;
            int behind = _packets.Count - _packets.FirstFrom(packet.Number);
            _reorder = Math.Clamp(behind, _reorder, ReorderMax);
            _patienceEighths = Math.Min(_patienceEighths + 1, PatienceEighthsMax);
        }
        else if (wasInFlight)
        {
            _inFlight -= packet.WireBytes;
        }

        _delivered += packet.WireBytes;
        _sample.AckedDatagrams++;
        _sample.AckedBytes += packet.WireBytes;
        _sample.IsFull |= packet.IsFull;
        _sample.FillsWindow |= packet.FillsWindow;
        _sample.IsAwaited |= packet.IsAwaited;
        TakeRate(now, packet);
        long roundTrip = now.Micros - packet.SentAt.Micros;
        if (packet.Number == top && roundTrip < StreamLimits.RoundTripMillisMax * 1000)
        {
            _isSampleOfTop = true;
            _sample.RoundTripMicros = Math.Max(roundTrip, 1);
            _sample.SampleBytes = packet.WireBytes;
        }

        if (packet.Delivered < _roundEndsAt)
        {
            return false;
        }

        _roundEndsAt = _delivered;
        return true;
    }

    /// <summary>The rate at which the path delivers: bytes acknowledged between two acknowledgements, over the longer of the times in which they were sent and acknowledged (BBR, delivery rate estimation).</summary>
    private void TakeRate(Instant now, in SentPacket packet)
    {
        _deliveredAt = now;
        _firstSentAt = Instant.Max(_firstSentAt, packet.SentAt);
        long elapsed = Math.Max(packet.SentAt.Micros - packet.FirstSentAt.Micros, now.Micros - packet.DeliveredAt.Micros);
        if (elapsed > 0)
        {
            _sample.DeliveryRate = Math.Max(_sample.DeliveryRate, (_delivered - packet.Delivered) * 1_000_000 / elapsed);
        }
    }

    /// <summary>RFC 9002, section 5.3: without the peer's delay, as far as it is one that a peer has.</summary>
    private void TakeSample(ulong delayMicros)
    {
        long delay = (long)Math.Min(delayMicros, StreamLimits.AckDelayMillis * 1000 * 2);
        _roundTrip.Add(_sample.RoundTripMicros);
        _sample.RoundTripMicros = Math.Max(1, _sample.RoundTripMicros - delay);
    }

    private void TakeAcknowledged(in SentFrame frame)
    {
        if (Find(frame.Id) is not { } stream || frame.Type is FrameType.MaxData or FrameType.MaxStreams or FrameType.Ping or FrameType.Datagram)
        {
            return;
        }

        switch (frame.Type)
        {
            case FrameType.Stream:
                stream.Send.TakeAcknowledged(frame.Offset, frame.Length, frame.IsFinal);
                CountHeld(stream);
                TellRoom(stream);
                break;
            case FrameType.Open:
                stream.IsOpenAcknowledged = true;
                stream.IsOpenDue = false;
                break;
            case FrameType.Opened:
                stream.IsAnswerAcknowledged = true;
                stream.IsAnswerDue = false;
                break;
            case FrameType.Reset:
                stream.IsResetAcknowledged = true;
                stream.IsResetDue = false;
                break;
        }

        Settle(stream);
    }

    private void FindLost(Instant now)
    {
        _lossAt = Instant.Never;
        int after = _hasAcked ? _packets.FirstFrom(_largestAcked) : 0;
        long patience = _roundTrip.LossMicros(_patienceEighths);
        int first = _packets.FirstFrom(_settledTo);
        while (first < after && _packets[first].Fate != PacketFate.InFlight)
        {
            first++;
        }

        _settledTo = first < _packets.Count ? _packets[first].Number : first > 0 ? _packets[first - 1].Number + 1 : _settledTo;
        for (int i = first; i < after; i++)
        {
            ref SentPacket packet = ref _packets[i];
            if (packet.Fate != PacketFate.InFlight)
            {
                continue;
            }

            Instant lostAt = packet.SentAt.PlusMicros(patience);
            if (after - i >= _reorder || lostAt <= now)
            {
                Lose(ref packet);
                _sample.LostDatagrams++;
                Counters.DatagramsLost++;
            }
            else
            {
                _lossAt = Instant.Min(_lossAt, lostAt);
            }
        }
    }

    /// <summary>What it carried goes again.</summary>
    private void Lose(ref SentPacket packet)
    {
        packet.Fate = PacketFate.Lost;
        _inFlight -= packet.WireBytes;
        TakeLengthLost(packet.WireBytes);
        for (int i = 0; i < packet.FrameCount; i++)
        {
            SentFrame frame = packet.Frames[i];
            switch (frame.Type)
            {
                case FrameType.MaxData:
                    _isReceiveLimitDue = true;
                    break;
                case FrameType.MaxStreams:
                    _isOpenLimitDue = true;
                    break;
                case FrameType.Ping or FrameType.Datagram:
                    break;
                default:
                    if (Find(frame.Id) is { } stream)
                    {
                        SayAgain(stream, frame);
                        Refresh(stream);
                    }

                    break;
            }
        }
    }

    private static void SayAgain(ByteStream stream, in SentFrame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Stream when !stream.IsReset:
                stream.Send.TakeLost(frame.Offset, frame.Length, frame.IsFinal);
                break;
            case FrameType.Open:
                stream.IsOpenDue = !stream.IsOpenAcknowledged;
                break;
            case FrameType.MaxStreamData:
                stream.IsLimitDue = !stream.HasPeerEnded && !stream.IsReset && !stream.IsStopped;
                break;
            case FrameType.Opened:
                stream.IsAnswerDue = !stream.IsAnswerAcknowledged && !stream.IsReset && !stream.IsResetByPeer;
                break;
            case FrameType.Stop:
                stream.IsStopDue = !stream.HasPeerEnded && !stream.IsReset;
                break;
            case FrameType.Reset:
                stream.IsResetDue = !stream.IsResetAcknowledged;
                break;
        }
    }

    /// <summary>The oldest that is under way goes again, at once: its acknowledgement tells what became of the others.</summary>
    private void Probe()
    {
        _probes = 1;
        for (int i = 0; i < _packets.Count; i++)
        {
            if (_packets[i].Fate == PacketFate.InFlight)
            {
                Lose(ref _packets[i]);
                _packets[i].Fate = PacketFate.Probed;
                return;
            }
        }
    }

    private void TellController(Instant now, bool isRoundEnd)
    {
        _sample.SmoothedMicros = _roundTrip.SmoothedMicros;
        _sample.IsRoundEnd = isRoundEnd;
        _sample.IsInteractive = IsInteractive(now);
        _controller.TakeAck(now, _sample);
    }

    /// <summary>Forgets what is acknowledged, and what was lost so long ago that no acknowledgement will come.</summary>
    private void Tidy(Instant now)
    {
        long patience = 2 * _roundTrip.ProbeMicros;
        while (_packets.Count > 0)
        {
            ref SentPacket oldest = ref _packets[0];
            bool isOver = oldest.Fate == PacketFate.Acknowledged || (oldest.Fate != PacketFate.InFlight && now.Micros - oldest.SentAt.Micros > patience);
            if (!isOver)
            {
                return;
            }

            _packets.RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        if (_packets[0].Fate == PacketFate.InFlight)
        {
            Lose(ref _packets[0]);
        }

        _packets.RemoveOldest();
    }
}
