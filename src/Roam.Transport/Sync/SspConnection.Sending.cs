namespace Roam.Transport;

/// <summary>What goes out: which state, from which base, in which datagrams (ssp.md section 5).</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private readonly Fragmenter _fragmenter = new();
    private GrowingBuffer _diff = new();
    private GrowingBuffer _otherDiff = new();

    /// <summary>The caller's own object, as last given; looked at only when something is sent.</summary>
    private TLocal? _current;
    private Instant _firstChange = Instant.Never;
    private Instant _lastChange;
    private bool _isMinorChange;

    /// <summary>Size of the difference that waits, once it was looked at; 0: not known yet.</summary>
    private int _pendingDiffBytes;
    private Instant _lastSend;
    private Instant _ackDue;
    private long _instructionsSent;

    /// <summary>The newest acknowledgement that was ever sent, and when it first was.</summary>
    private ulong _ackSaid;
    private Instant _ackSaidAt;

    /// <summary>The state of the last instruction.</summary>
    private ulong _lastStateSent;

    /// <summary>
    /// The local state may have changed. Cheap: compares only while nothing is waiting to be sent, and takes a snapshot only when sending.
    /// The connection keeps the reference; changes made after this call and before the next datagram go along.
    /// </summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="current">The caller's live object.</param>
    /// <param name="isMinor">A change that may wait for the next one: the echo acknowledgement alone.</param>
    public void SetLocal(Instant now, TLocal current, bool isMinor = false)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (IsShuttingDown || IsFinished)
        {
            return;
        }

        _current = current;
        if (_firstChange == Instant.Never)
        {
            if (current.ContentEquals(_sent.Last.State))
            {
                return;
            }

            (_firstChange, _isMinorChange) = (now, isMinor);
        }
        else if (_isMinorChange && !isMinor)
        {
            // What waited for company has it now.
            (_firstChange, _isMinorChange) = (now, false);
        }

        _lastChange = isMinor ? _lastChange : now;
        Arm(now);
    }

    /// <summary>The next datagram that is due; false when there is none.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="destination">At least 1500 bytes.</param>
    /// <param name="written">Length of the datagram.</param>
    /// <param name="to">Where it goes.</param>
    public bool PollTransmit(Instant now, Span<byte> destination, out int written, out PeerAddress to)
    {
        written = 0;
        to = Peer;
        if (IsFinished || Peer.IsNone || _datagrams.IsExhausted)
        {
            Arm(now);
            return false;
        }

        if (!_fragmenter.HasMore && !TryMakeInstruction(now))
        {
            bool isMade = TryMakeProbing(now, destination, out written, ref to) || TryMakeStreamDatagram(now, destination, out written);
            Arm(now);
            return isMade;
        }

        to = _tryTo.IsNone ? Peer : _tryTo;
        int room = Math.Min(_cutBytes, DatagramBytesFor(to)) - DatagramCodec.OverheadBytes;
        NoteFate(now);
        int fragment = _fragmenter.Take(destination.Slice(DatagramCodec.HeaderBytes, room));
        written = Seal(now, destination, fragment);
        _isLastOfStreams = false;
        AfterDatagram();
        Arm(now);
        return true;
    }

    /// <summary>The system would not send a datagram. Too long: later ones are shorter, and the instruction is cut again. Else it counts as lost on the way.</summary>
    public void HandleSendError(bool messageTooLong)
    {
        if (messageTooLong && _isLastOfStreams)
        {
            ShortenStreams();
        }
        else if (messageTooLong && _path.TryFall(_lastSend))
        {
            _cutBytes = _path.Bytes;
            _fragmenter.Start();
            _deadlines[Deadline.Send] = Instant.Zero;
        }
    }

    /// <summary>Seals what stands in the datagram's buffer after the timestamps. Returns the datagram's length.</summary>
    private int Seal(Instant now, Span<byte> destination, int contentBytes) =>
        Seal(destination, DatagramCodec.TimestampOf(now), TakeTimestampReply(now), contentBytes);

    private int Seal(Span<byte> destination, ushort timestamp, ushort timestampReply, int contentBytes)
    {
        int written = _datagrams.Seal(destination, timestamp, timestampReply, contentBytes);
        Counters.DatagramsSent++;
        Counters.BytesSent += written;
        CheckKeyUse();
        return written;
    }

    private ushort TakeTimestampReply(Instant now)
    {
        if (_peerTimestampSavedAt == Instant.Never)
        {
            return DatagramCodec.NoTimestamp;
        }

        long heldMillis = now.MillisSince(_peerTimestampSavedAt);
        _peerTimestampSavedAt = Instant.Never;
        return heldMillis < SspLimits.TimestampHeldMillisMax ? (ushort)(_peerTimestamp + heldMillis) : DatagramCodec.NoTimestamp;
    }

    private SendPlan Plan(Instant now, out int assumed)
    {
        int believed = AssumedIndex(now);
        assumed = _isPathNew ? 0 : believed;
        return HeldBack(_timing.Plan(new TimingInputs
        {
            Now = now,
            Side = _side,
            RoundTrip = _roundTrip.Current,
            FirstChange = _firstChange,
            LastChange = _lastChange,
            IsMinorChange = _isMinorChange,
            PendingDiffBytes = _pendingDiffBytes,
            LastSend = _lastSend,
            LastHeard = LastHeard,
            AckDue = _ackDue,
            DiffersFromAssumed = !_sent[believed].EqualsLast,
            DiffersFromAcknowledged = !_sent.First.EqualsLast,
            OldestUnacknowledgedAt = _sent.OldestChangeAt,
            IsShuttingDown = IsShuttingDown,
            InstructionsSent = _instructionsSent,
            StatesInFlight = _sent.Count - 1,
        }));
    }

    /// <summary>The newest state that the peer may be assumed to have: the walk stops at the first that has waited too long.</summary>
    private int AssumedIndex(Instant now)
    {
        int assumed = 0;
        while (assumed + 1 < _sent.Count && !_sent[assumed + 1].IsLost && _timing.IsBelievedDelivered(now, _sent[assumed + 1].SentAt, _roundTrip.Current))
        {
            assumed++;
        }

        return assumed;
    }

    private bool TryMakeInstruction(Instant now)
    {
        SendPlan plan = Plan(now, out int assumed);
        if (plan.Reason == SendReason.None || now < plan.At)
        {
            return false;
        }

        if (plan.Reason == SendReason.Shutdown)
        {
            return TrySendShutdown(now, assumed);
        }

        if (_sent.Last.Number == SspLimits.ShutdownNumber)
        {
            return SendShutdownAgain(now, plan.Reason, assumed);
        }

        if (_firstChange == Instant.Never)
        {
            return SendLastAgain(now, plan.Reason, assumed);
        }

        if (_current!.ContentEquals(_sent.Last.State))
        {
            // It changed and changed back: nothing to say. Look again at what else may be due.
            ForgetChange();
            return TryMakeInstruction(now);
        }

        ulong baseNumber = WriteBestDiff(_current!, assumed);
        if (plan.Reason == SendReason.Acknowledge)
        {
            return MayRideAlong() ? SendNewState(now, plan.Reason, _sent.Last.Number + 1, baseNumber) : SendBareAck(now);
        }

        // Its size may be a reason to wait after all.
        _pendingDiffBytes = _diff.Length;
        return Plan(now, out _).At <= now && SendNewState(now, plan.Reason, _sent.Last.Number + 1, baseNumber);
    }

    /// <summary>On a new path nothing waits: the old one's rules for a due acknowledgement are not asked.</summary>
    private bool MayRideAlong() => _isPathNew || _timing.RidesAlong(_diff.Length);

    private void ForgetChange()
    {
        _firstChange = Instant.Never;
        _pendingDiffBytes = 0;
    }

    /// <summary>
    /// Unacknowledged data again under its number; or an acknowledgement. With nothing to say, a bare acknowledgement goes under a new number, so that it is itself acknowledged.
    /// </summary>
    private bool SendLastAgain(Instant now, SendReason reason, int assumed)
    {
        int from = reason is SendReason.Copy or SendReason.Probe ? 0 : assumed;
        ulong baseNumber = WriteBestDiff(_sent.Last.State, from);
        if (!_diff.Written.IsEmpty && (reason != SendReason.Acknowledge || MayRideAlong()))
        {
            _sent.Touch(now);
            Counters.FramesSent++;
            return Send(now, reason, baseNumber, _sent.Last.Number, isNewContent: false);
        }

        if (_diff.Written.IsEmpty)
        {
            // Should ContentEquals and WriteDiff disagree, the empty diff counts: else a repair of nothing would be due at every interval.
            _sent.MarkEqualsLast(from);
        }

        return SendBareAck(now);
    }

    /// <summary>
    /// A new number with the last state's content, as an empty difference from the oldest state with the same: that one is the most likely to be held, and if it is the acknowledged
    /// one it surely is. An acknowledgement whose base is missing still acknowledges, but the peer would not count it as a sign of life.
    /// </summary>
    private bool SendBareAck(Instant now)
    {
        _diff.Clear();
        ulong baseNumber = _sent.OldestLikeLast.Number;
        int padToBytes = SizeToProbe(now);
        _sent.Add(_sent.Last.Number + 1, now, _sent.Last.State.Snapshot(), sameContent: true);
        Counters.BareAcksSent++;
        return Send(now, SendReason.Acknowledge, baseNumber, _sent.Last.Number, isNewContent: false, padToBytes);
    }

    /// <summary>The current state, whose difference from the base is in _diff.</summary>
    private bool SendNewState(Instant now, SendReason reason, ulong number, ulong baseNumber)
    {
        TLocal state = _firstChange == Instant.Never ? _sent.Last.State : _current!;
        _sent.Add(number, now, state.Snapshot(), sameContent: false);
        Counters.FramesSent++;
        bool made = Send(now, reason, baseNumber, number, isNewContent: true);
        ForgetChange();
        return made;
    }

    /// <summary>Into _diff, from the assumed state, or from the acknowledged one where the policy prefers that. Returns the number of the base.</summary>
    private ulong WriteBestDiff(TLocal state, int assumed)
    {
        _diff.Clear();
        state.WriteDiff(_sent[assumed].State, _diff);
        if (assumed == 0)
        {
            return _sent.First.Number;
        }

        _otherDiff.Clear();
        state.WriteDiff(_sent.First.State, _otherDiff);
        if (!_timing.PrefersAcknowledgedBase(_diff.Length, _otherDiff.Length))
        {
            return _sent[assumed].Number;
        }

        (_diff, _otherDiff) = (_otherDiff, _diff);
        return _sent.First.Number;
    }

    private bool Send(Instant now, SendReason reason, ulong baseNumber, ulong number, bool isNewContent, int padToBytes = 0)
    {
        _lastSend = now;
        ChooseAddress(now, asks: !_diff.Written.IsEmpty || number == SspLimits.ShutdownNumber);
        _ackDue = _timing.AckDueAfterSend(now);
        _instructionsSent++;

        // One draw: the first byte decides how many of the others go.
        Span<byte> chaff = stackalloc byte[1 + Math.Max(SspLimits.ChaffBytesMax, padToBytes)];
        _random.Fill(chaff);
        int chaffBytes = padToBytes == 0 ? chaff[0] % (SspLimits.ChaffBytesMax + 1) : padToBytes;
        TransportInstruction instruction = new()
        {
            Version = SspLimits.ProtocolVersion,
            OldNumber = baseNumber,
            NewNumber = number,
            AckNumber = _received.NewestNumber,
            ThrowawayNumber = _sent.First.Number,
            Diff = _diff.Written,
            Chaff = chaff.Slice(1, chaffBytes),
            HasReport = IsReportDue(now),
            ReportReceived = _arrivals.Received,
            ReportHighest = _arrivals.Highest,
        };
        if (!_instructions.Encode(instruction, _fragmenter.Instruction))
        {
            Counters.OversizedInstructions++;
            return false;
        }

        _lastStateSent = number;
        _isNewInstruction = true;
        _saysAckFirst = _ackSaid != instruction.AckNumber;
        if (_saysAckFirst)
        {
            (_ackSaid, _ackSaidAt) = (instruction.AckNumber, now);
        }

        Cut(now, reason, number, padToBytes);
        int wireBytes = WireBytesOf(_fragmenter.Instruction.Length);
        if (isNewContent)
        {
            _sent.SetWireBytes(wireBytes);
        }

        SentInstruction sent = new()
        {
            At = now,
            Reason = reason,
            Number = number,
            DiffBytes = _diff.Length,
            WireBytes = wireBytes,
            IsNewContent = isNewContent,
            IsMinor = _isMinorChange,
        };
        _timing.TakeSent(sent, _roundTrip.Current);
        Streams?.TakeInstructionSent(now, wireBytes, sent.DiffBytes != 0);
        _endsWithThis = instruction.AckNumber == SspLimits.ShutdownNumber;
        _fragmenter.Start();
        return true;
    }

    private int WireBytesOf(int instructionBytes)
    {
        int room = _cutBytes - FragmentOverheadBytes;
        int datagrams = (instructionBytes + room - 1) / room;
        return instructionBytes + (datagrams * (SspLimits.IPv4OverheadBytes + FragmentOverheadBytes));
    }
}
