namespace Roam.Transport;

/// <summary>What becomes of a session when the way to the peer changes: roaming at the server, the host's word of a new network at the client, sends that fail.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    /// <summary>Until the next instruction leaves: what is under way went another way, so the diff starts from what the peer is known to have.</summary>
    private bool _isPathNew;

    /// <summary>The pause before the last retry of a send that failed; 0 once the peer was heard or the network changed.</summary>
    private long _retryMillis;
    private Instant _retryDue;

    /// <summary>
    /// The host's addresses or routes changed, or it slept. The client speaks at once, so that the server learns where it is now: what is not acknowledged goes again, else a bare
    /// acknowledgement. The caller bounds how often.
    /// </summary>
    public void NetworkChanged(Instant now)
    {
        if (IsFinished || Peer.IsNone)
        {
            return;
        }

        _retryMillis = 0;
        MtuBytes = DatagramBytesFor(Peer);
        TakePath(now);
        Arm(now);
    }

    /// <summary>
    /// The system refused a datagram: no route, no network. It is tried again soon, with doubling pauses, and not only at the regular acknowledgement; with nothing to deliver the
    /// tries end when the pause has reached its maximum.
    /// </summary>
    public void HandleSendFailure(Instant now)
    {
        if (IsFinished || now < _retryDue)
        {
            return;
        }

        bool isPending = HasUnsentChange || !_sent.First.EqualsLast;
        if (_retryMillis == SspLimits.SendRetryMillisMax && !isPending)
        {
            return;
        }

        _retryMillis = Math.Clamp(_retryMillis * 2, SspLimits.SendRetryMillisMin, SspLimits.SendRetryMillisMax);
        _retryDue = now.PlusMillis(_retryMillis);
        _isPathNew = true;
        _ackDue = Instant.Min(_ackDue, _retryDue);
        Arm(now);
    }

    private void TakePath(Instant now)
    {
        _timing.PathChanged(now);
        _isPathNew = true;
        _ackDue = Instant.Max(now, _lastSend.PlusMillis(SspLimits.PathChangeGapMillis));
    }

    /// <summary>Only the client roams, so only the server follows, and answers at once: what it sent to the old address is lost. The caller has checked the sequence number.</summary>
    private void TakeAddress(Instant now, in PeerAddress from)
    {
        if (_side == Side.Client)
        {
            return;
        }

        _deadlines[Deadline.PeerSilent] = now.PlusMillis(SspLimits.PeerSilentMillis);
        if (Peer != from)
        {
            Peer = from;
            MtuBytes = DatagramBytesFor(from);
            TakePath(now);
            Raise(TransportEvent.PeerRoamed);
        }
    }
}
