namespace Roam.Transport;

/// <summary>What the acknowledgements of streams tell of instructions: their ranges hold the numbers of both.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    /// <summary>The loss estimate learns from so many datagrams at a time.</summary>
    private const ulong FatesForReport = 32;

    private readonly InstructionFates _fates = new();
    private bool _isNewInstruction;
    private bool _saysAckFirst;

    private void NoteFate(Instant now)
    {
        if (Streams == null)
        {
            return;
        }

        ulong number = _datagrams.NextSequence;
        if (_isNewInstruction)
        {
            _fates.Begin(number, now, _lastStateSent, _saysAckFirst);
        }
        else
        {
            _fates.Extend(number);
        }

        _isNewInstruction = false;
    }

    /// <summary>An acknowledgement of streams came.</summary>
    private void TakeFates(Instant now)
    {
        while (_fates.TryTakeLost(Streams!, out InstructionFates.Entry lost))
        {
            if (_sent.MarkLost(lost.State, lost.At))
            {
                Counters.InstructionsKnownLost++;
                _timing.TakeLost(now);
            }

            if (lost.SaysAckFirst && lost.At == _lastSend)
            {
                // Nothing has left since that would say it again.
                _ackDue = Instant.Min(_ackDue, now);
            }
        }

        // What the peer reported last is the base: without any report it is one of those that do not, and its loss is estimated otherwise.
        ulong decided = Streams!.DecidedTo;
        if (_peerHighest != 0 && decided >= _peerHighest + FatesForReport && Streams.TryCountArrived(_peerHighest, decided, out ulong arrived))
        {
            _peerReceived += arrived;
            _peerHighest = decided;
            _timing.TakeReport(now, _peerReceived, _peerHighest);
        }
    }
}
