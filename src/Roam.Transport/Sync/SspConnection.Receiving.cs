namespace Roam.Transport;

/// <summary>What comes in: datagram, fragment, instruction, state (ssp.md sections 1, 2 and 4).</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private readonly Reassembly _assembly = new();

    private ushort _peerTimestamp;
    private Instant _peerTimestampSavedAt = Instant.Never;
    private bool _wrongVersionReported;

    /// <summary>Takes one datagram as it came. Whatever is in it, nothing is thrown and nothing is answered out of turn.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="from">Source address; a server answers the newest one.</param>
    /// <param name="datagram">The datagram.</param>
    /// <param name="congestionExperienced">The packet's ECN field was CE (RFC 3168).</param>
    public ReceiveResult HandleDatagram(Instant now, in PeerAddress from, ReadOnlySpan<byte> datagram, bool congestionExperienced)
    {
        Counters.DatagramsReceived++;
        ReceiveResult result = _datagrams.Open(datagram, out OpenedDatagram opened);
        if (result != ReceiveResult.Accepted)
        {
            CountRefused(result);
            return result;
        }

        if (IsFinished)
        {
            return result;
        }

        bool isNewest = TakeArrival(now, opened.Sequence);
        if (IsProbing(opened.Fragment))
        {
            Streams?.TakeOtherDatagram(opened.Sequence);
            result = HandleProbing(now, from, opened.Sequence, opened.Fragment);
            CheckKeyUse();
            Arm(now);
            return result;
        }

        _timing.TakeDatagram(now, opened.Sequence, isNewest, _roundTrip.Current);
        if (isNewest)
        {
            TakeTimestamps(now, opened, congestionExperienced);
            TakeAddress(now, from, isAnswer: opened.TimestampReply != DatagramCodec.NoTimestamp);
            _retryMillis = 0;
            Streams?.TakeHeard(now);
        }
        else
        {
            Counters.OutOfOrder++;
        }

        if (IsOfStreams(opened.Fragment))
        {
            result = HandleStreams(now, opened.Sequence, opened.Fragment);
        }
        else
        {
            Streams?.TakeOtherDatagram(opened.Sequence);
            result = HandleFragment(now, opened.Fragment, isNewest);
        }

        CheckKeyUse();
        Arm(now);
        return result;
    }

    private void CountRefused(ReceiveResult result)
    {
        switch (result)
        {
            case ReceiveResult.TooShort:
                Counters.TooShort++;
                break;
            case ReceiveResult.NotAuthentic:
                Counters.NotAuthentic++;
                break;
            case ReceiveResult.WrongDirection:
                Counters.WrongDirection++;
                break;
            case ReceiveResult.Dropped:
                Counters.FragmentsRefused++;
                break;
        }
    }

    private void TakeTimestamps(Instant now, in OpenedDatagram opened, bool congestionExperienced)
    {
        if (opened.Timestamp != DatagramCodec.NoTimestamp)
        {
            _peerTimestamp = (ushort)(opened.Timestamp - (congestionExperienced ? SspLimits.CongestionPenaltyMillis : 0));
            _peerTimestampSavedAt = now;
        }

        if (opened.TimestampReply != DatagramCodec.NoTimestamp)
        {
            ushort sample = (ushort)(DatagramCodec.TimestampOf(now) - opened.TimestampReply);
            if (_roundTrip.Add(sample))
            {
                Counters.RoundTripSamples++;
                Streams?.TakeRoundTrip(now, sample * 1000L, _roundTrip.Current);
            }

            _timing.TakeRoundTrip(now, sample, _roundTrip.Current);
        }
    }

    private ReceiveResult HandleFragment(Instant now, ReadOnlySpan<byte> fragment, bool isNewest)
    {
        switch (_assembly.Add(fragment, out ReadOnlySpan<byte> compressed))
        {
            case AssemblyResult.Incomplete:
                return ReceiveResult.Accepted;
            case AssemblyResult.Refused:
                Counters.FragmentsRefused++;
                return ReceiveResult.Dropped;
        }

        if (!_instructions.TryDecode(compressed, out TransportInstruction instruction))
        {
            Counters.InstructionsRefused++;
            return ReceiveResult.Dropped;
        }

        if (instruction.Version != SspLimits.ProtocolVersion)
        {
            return RefuseVersion();
        }

        ReceiveResult result = HandleInstruction(now, instruction, isNewest);
        if (result != ReceiveResult.Dropped && instruction.HasReport)
        {
            TakeReport(now, instruction);
        }

        return result;
    }

    private ReceiveResult RefuseVersion()
    {
        Counters.WrongVersion++;
        if (!_wrongVersionReported)
        {
            _wrongVersionReported = true;
            Raise(TransportEvent.WrongVersion);
        }

        return ReceiveResult.Dropped;
    }

    private ReceiveResult HandleInstruction(Instant now, in TransportInstruction instruction, bool isNewest)
    {
        // No honest sender makes these: the base lies between the state thrown away and the new one.
        if (instruction.ThrowawayNumber > instruction.OldNumber || instruction.NewNumber < instruction.OldNumber)
        {
            Counters.InstructionsRefused++;
            return ReceiveResult.Dropped;
        }

        bool isHeld = _received.TryFind(instruction.NewNumber, out _);
        if (isHeld || !_received.TryFind(instruction.OldNumber, out TRemote? baseState))
        {
            // A repeat, or a diff from a state long gone: idempotence, and with it the safety of replays, rests on doing nothing here.
            TakeAcknowledgement(now, instruction.AckNumber);
            if (isHeld && isNewest && !instruction.Diff.IsEmpty && instruction.ThrowawayNumber < _received.NewestNumber && _ackSaid == _received.NewestNumber)
            {
                // In a new datagram, so it is no replay: the peer asks, and has not got the answer.
                _ackDue = Instant.Min(_ackDue, _timing.AckDueAfterRepeat(now, _ackSaidAt, _roundTrip.Current));
            }

            return ReceiveResult.Accepted;
        }

        if (RefusesNewStates || !_received.Admits(now, instruction.ThrowawayNumber))
        {
            Counters.StatesRefused++;
            TakeAcknowledgement(now, instruction.AckNumber);
            return ReceiveResult.Accepted;
        }

        TRemote state = baseState!.Snapshot();
        if (!instruction.Diff.IsEmpty && state.Apply(instruction.Diff) != ApplyResult.Applied)
        {
            state.Release();
            Counters.DiffsRefused++;
            return ReceiveResult.Dropped;
        }

        TakeAcknowledgement(now, instruction.AckNumber);
        return Store(now, instruction, state);
    }

    private ReceiveResult Store(Instant now, in TransportInstruction instruction, TRemote state)
    {
        bool isNewest = instruction.NewNumber > _received.NewestNumber;
        _received.Insert(instruction.NewNumber, state);
        if (_received.DiscardBelow(instruction.ThrowawayNumber))
        {
            _received.SubtractOldest();
        }

        if (!isNewest)
        {
            return ReceiveResult.Accepted;
        }

        LastHeard = now;
        if (!instruction.Diff.IsEmpty)
        {
            _ackDue = Instant.Min(_ackDue, _timing.AckDueAfterNewState(now, instruction.Diff.Length));
            _timing.TakeNewState(now);
            Streams?.TakeActivity(now);
        }

        if (instruction.NewNumber == SspLimits.ShutdownNumber)
        {
            TakePeerShutdown(now);
        }

        Raise(TransportEvent.RemoteChanged);
        return ReceiveResult.NewState;
    }

    private void TakeAcknowledgement(Instant now, ulong number)
    {
        ulong before = _sent.First.Number;
        if (number == before || !_sent.Acknowledge(number, out SentStates<TLocal>.Settled settled))
        {
            return;
        }

        LastAckedSentAt = _sent.First.SentAt;
        _candidates?.Acknowledged(now, LastAckedSentAt);
        AckedState acked = new()
        {
            At = now,
            Number = number,
            FirstSentAt = settled.HasContent ? settled.FirstSentAt : _sent.First.FirstSentAt,
            HasContent = settled.HasContent,
            WireBytes = settled.WireBytes,
            IsAll = _sent.First.EqualsLast,
        };
        _timing.TakeAcknowledgement(acked, _roundTrip.Current);
        LearnPathSize(now, settled.HasLong);
        _sent.SubtractFirst();
        _current?.Subtract(_sent.First.State);
        if (number == SspLimits.ShutdownNumber)
        {
            Finish(agreed: true);
        }
    }
}
