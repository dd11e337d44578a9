namespace Roam.Transport;

/// <summary>The orderly end (ssp.md section 6), and the forced one when the key is used up.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private int _shutdownTries;

    /// <summary>The instruction being sent acknowledges the peer's end: with its last datagram this side ends too.</summary>
    private bool _endsWithThis;

    /// <summary>Starts the end: the local state as it is now goes under the last number until that is acknowledged, 16 times or 10 s at most.</summary>
    public void Shutdown(Instant now)
    {
        if (IsShuttingDown || IsFinished)
        {
            return;
        }

        IsShuttingDown = true;
        if (Peer.IsNone && _arrivals.Highest == 0)
        {
            // A server that no client ever reached has nobody to tell.
            Finish(agreed: false);
        }
        else
        {
            _deadlines[Deadline.ShutdownLimit] = now.PlusMillis(SspLimits.ShutdownMillisMax);
        }

        Arm(now);
    }

    private bool TrySendShutdown(Instant now, int assumed)
    {
        if (_shutdownTries == SspLimits.ShutdownTriesMax)
        {
            Finish(agreed: false);
            return false;
        }

        _shutdownTries++;
        if (_sent.Last.Number != SspLimits.ShutdownNumber)
        {
            TLocal final = _firstChange == Instant.Never ? _sent.Last.State : _current!;
            return SendNewState(now, SendReason.Shutdown, SspLimits.ShutdownNumber, WriteBestDiff(final, assumed));
        }

        return SendShutdownAgain(now, SendReason.Shutdown, assumed);
    }

    /// <summary>The last number stays the last: neither a repair nor an acknowledgement gets one beyond it.</summary>
    private bool SendShutdownAgain(Instant now, SendReason reason, int assumed)
    {
        // The last state must not be its own base: a peer that missed the first try could not read the next.
        ulong baseNumber = WriteBestDiff(_sent.Last.State, Math.Min(assumed, _sent.Count - 2));
        _sent.Touch(now);
        return Send(now, reason, baseNumber, SspLimits.ShutdownNumber, isNewContent: false);
    }

    private void TakePeerShutdown(Instant now)
    {
        Raise(TransportEvent.PeerShutdown);
        _ackDue = now;
    }

    private void AfterDatagram()
    {
        if (_endsWithThis && !_fragmenter.HasMore)
        {
            Finish(agreed: true);
        }
    }

    private void CheckKeyUse()
    {
        if (_datagrams.IsExhausted && !IsFinished)
        {
            IsFinished = true;
            Raise(TransportEvent.KeyExhausted);
        }
    }

    private void Finish(bool agreed)
    {
        if (!IsFinished)
        {
            IsFinished = true;
            EndedCleanly = agreed;
            Raise(TransportEvent.ShutdownDone);
        }
    }
}
