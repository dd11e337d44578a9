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
    private Instant _lastSend;
    private Instant _ackDue;
    private long _instructionsSent;

    /// <summary>
    /// The local state may have changed. Cheap: compares only while nothing is waiting to be sent, and takes a snapshot only when sending.
    /// The connection keeps the reference; changes made after this call and before the next datagram go along.
    /// </summary>
    public void SetLocal(Instant now, TLocal current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (IsShuttingDown || IsFinished)
        {
            return;
        }

        _current = current;
        if (_firstChange == Instant.Never && !current.ContentEquals(_sent.Last.State))
        {
            _firstChange = now;
            Arm(now);
        }
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
        if (IsFinished || Peer.IsNone || _datagrams.IsExhausted || (!_fragmenter.HasMore && !TryMakeInstruction(now)))
        {
            Arm(now);
            return false;
        }

        to = _tryTo.IsNone ? Peer : _tryTo;
        int room = Math.Min(MtuBytes, DatagramBytesFor(to)) - DatagramCodec.OverheadBytes;
        int fragment = _fragmenter.Take(destination.Slice(DatagramCodec.HeaderBytes, room));
        written = _datagrams.Seal(destination, DatagramCodec.TimestampOf(now), TakeTimestampReply(now), fragment);
        Counters.DatagramsSent++;
        Counters.BytesSent += written;
        CheckKeyUse();
        AfterDatagram();
        Arm(now);
        return true;
    }

    /// <summary>The system would not send a datagram. Too long: later ones are shorter, and the instruction is cut again. Else it counts as lost on the way.</summary>
    public void HandleSendError(bool messageTooLong)
    {
        if (messageTooLong && MtuBytes > SspLimits.FallbackDatagramBytes)
        {
            MtuBytes = SspLimits.FallbackDatagramBytes;
            _fragmenter.Start();
            _deadlines[Deadline.Send] = Instant.Zero;
        }
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
            LastSend = _lastSend,
            LastHeard = LastHeard,
            AckDue = _ackDue,
            DiffersFromAssumed = !_sent[believed].EqualsLast,
            DiffersFromAcknowledged = !_sent.First.EqualsLast,
            IsShuttingDown = IsShuttingDown,
            InstructionsSent = _instructionsSent,
            StatesInFlight = _sent.Count - 1,
        }));
    }

    /// <summary>The newest state that the peer may be assumed to have: the walk stops at the first that has waited too long.</summary>
    private int AssumedIndex(Instant now)
    {
        int assumed = 0;
        while (assumed + 1 < _sent.Count && _timing.IsBelievedDelivered(now, _sent[assumed + 1].SentAt, _roundTrip.Current))
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

        if (_firstChange != Instant.Never)
        {
            if (!_current!.ContentEquals(_sent.Last.State))
            {
                return SendNewState(now, _sent.Last.Number + 1, _current!.Snapshot(), assumed);
            }

            // It changed and changed back: nothing to say. Look again at what else may be due.
            _firstChange = Instant.Never;
            return TryMakeInstruction(now);
        }

        return SendLastAgain(now, assumed);
    }

    /// <summary>
    /// A repair, or an acknowledgement: unacknowledged data goes again under its number. With nothing to say, a bare acknowledgement goes under a new
    /// number, so that it is itself acknowledged.
    /// </summary>
    private bool SendLastAgain(Instant now, int assumed)
    {
        TLocal last = _sent.Last.State;
        ulong baseNumber = WriteBestDiff(last, assumed);
        if (!_diff.Written.IsEmpty)
        {
            _sent.Touch(now);
            Counters.FramesSent++;
            return Send(now, baseNumber, _sent.Last.Number);
        }

        // Should ContentEquals and WriteDiff disagree, the empty diff counts: else a repair of nothing would be due at every interval.
        _sent.MarkEqualsLast(assumed);
        _sent.Add(_sent.Last.Number + 1, now, last.Snapshot(), sameContent: true);
        Counters.BareAcksSent++;
        return Send(now, baseNumber, _sent.Last.Number);
    }

    /// <summary>Takes over the snapshot.</summary>
    private bool SendNewState(Instant now, ulong number, TLocal snapshot, int assumed)
    {
        ulong baseNumber = WriteBestDiff(snapshot, assumed);
        _sent.Add(number, now, snapshot, sameContent: false);
        _firstChange = Instant.Never;
        Counters.FramesSent++;
        return Send(now, baseNumber, number);
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

    private bool Send(Instant now, ulong baseNumber, ulong number)
    {
        _lastSend = now;
        ChooseAddress(now, asks: !_diff.Written.IsEmpty || number == SspLimits.ShutdownNumber);
        _ackDue = _timing.AckDueAfterSend(now);
        _instructionsSent++;

        // One draw: the first byte decides how many of the others go.
        Span<byte> chaff = stackalloc byte[1 + SspLimits.ChaffBytesMax];
        _random.Fill(chaff);
        TransportInstruction instruction = new()
        {
            Version = SspLimits.ProtocolVersion,
            OldNumber = baseNumber,
            NewNumber = number,
            AckNumber = _received.NewestNumber,
            ThrowawayNumber = _sent.First.Number,
            Diff = _diff.Written,
            Chaff = chaff.Slice(1, chaff[0] % (SspLimits.ChaffBytesMax + 1)),
        };
        if (!_instructions.Encode(instruction, _fragmenter.Instruction))
        {
            Counters.OversizedInstructions++;
            return false;
        }

        _endsWithThis = instruction.AckNumber == SspLimits.ShutdownNumber;
        _fragmenter.Start();
        return true;
    }
}
