namespace Roam.Transport;

/// <summary>What becomes of a session when the way to the peer changes: roaming at the server, the host's word of a new network at the client, sends that fail.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    /// <summary>Until the next instruction leaves: what is under way went another way, so the diff starts from what the peer is known to have.</summary>
    private bool _isPathNew;

    /// <summary>The pause before the last retry of a send that failed; 0 once the peer was heard or the network changed.</summary>
    private long _retryMillis;
    private Instant _retryDue;

    /// <summary>The client knows several addresses of the server; null with one.</summary>
    private PeerCandidates? _candidates;

    /// <summary>Where the present instruction goes when that is not the peer's current address.</summary>
    private PeerAddress _tryTo;
    private PeerAddress _nextTryTo;

    /// <summary>The client's server has more addresses than the one given at first. They are used when that one falls silent (<see cref="PeerCandidates"/>).</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="addresses">The first is the current one.</param>
    /// <param name="use">Whether ssh may carry the session, or must.</param>
    public void SetCandidates(Instant now, ReadOnlySpan<PeerAddress> addresses, CarrierUse use = CarrierUse.None)
    {
        _candidates = addresses.Length > 1 || use != CarrierUse.None ? new PeerCandidates(now, addresses, use, _random) : null;
        if (_candidates is not null)
        {
            Peer = _candidates.Current;
            RaiseCarrierEvents();
        }

        Arm(now);
    }

    /// <summary>
    /// The host's addresses or routes changed, or it slept. The client speaks at once, so that the server learns where it is now: what is not acknowledged goes again, else a bare
    /// acknowledgement. The caller bounds how often.
    /// </summary>
    public void NetworkChanged(Instant now)
    {
        if (IsFinished || Peer.IsNone)
        {
            _candidates?.NetworkChanged(now);
            return;
        }

        _retryMillis = 0;
        _retryDue = now;
        _path.Reset(DatagramBytesFor(Peer));
        _candidates?.NetworkChanged(now);
        TakePath(now);
        Arm(now);
    }

    /// <summary>
    /// The system refused a datagram: no route, no network. It is tried again soon, with doubling pauses, and not only at the regular acknowledgement; with nothing to deliver the
    /// tries end when the pause has reached its maximum.
    /// </summary>
    public void HandleSendFailure(Instant now, in PeerAddress to)
    {
        if (IsFinished || to != Peer)
        {
            // The other addresses are tried at a pace of their own.
            return;
        }

        _candidates?.Unreachable(now);
        Retry(now);
        Arm(now);
    }

    private void Retry(Instant now)
    {
        if (now < _retryDue)
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
        Streams?.HoldUntil(_retryDue);
        _ackDue = Instant.Min(_ackDue, _retryDue);
    }

    /// <summary>What goes next goes to another address: all that is not acknowledged, else a bare acknowledgement.</summary>
    private void TryNextAddress(Instant now)
    {
        _nextTryTo = _candidates!.TakeTry(now);
        RaiseCarrierEvents();
        if (_nextTryTo.IsNone)
        {
            return;
        }

        _isPathNew = true;
        _ackDue = Instant.Max(now, _lastSend.PlusMillis(SspLimits.PathChangeGapMillis));
    }

    /// <summary>An instruction is about to leave; asks: the peer will answer it at once.</summary>
    private void ChooseAddress(Instant now, bool asks)
    {
        (_tryTo, _nextTryTo) = (_nextTryTo, default);
        _isPathNew = false;
        if (asks)
        {
            _candidates?.Asked(now, _roundTrip.Current);
        }
    }

    /// <summary>While the system refuses, nothing is worth a try before the pause is over; another address is.</summary>
    private SendPlan HeldBack(in SendPlan plan) => _nextTryTo.IsNone ? plan with { At = Instant.Max(plan.At, _retryDue) } : plan;

    private void TakePath(Instant now)
    {
        if (_isCarried != Peer.IsCarried)
        {
            // What was measured says nothing of the other way.
            _isCarried = Peer.IsCarried;
            _roundTrip.Restart();
            _timing.SetReliable(_isCarried);
        }

        _timing.PathChanged(now);
        Streams?.TakePathChange(now);
        _isPathNew = true;
        _ackDue = Instant.Max(now, _lastSend.PlusMillis(SspLimits.PathChangeGapMillis));
    }

    /// <summary>The sequence number of what came from there is newer than all before: the defence against replay, checked by the caller.</summary>
    private void TakeAddress(Instant now, in PeerAddress from, bool isAnswer)
    {
        if (_side == Side.Client)
        {
            TakeServerAddress(now, from, isAnswer);
            return;
        }

        _deadlines[Deadline.PeerSilent] = now.PlusMillis(SspLimits.PeerSilentMillis);
        if (Peer != from)
        {
            Peer = from;
            _path.Reset(DatagramBytesFor(from));
            if (_instructionsSent > 0 || from.IsCarried || _isCarried)
            {
                // What was sent to the old address is lost: it goes again at once, as a client that moved would wait for it.
                TakePath(now);
            }

            Raise(TransportEvent.PeerRoamed);
        }
    }

    /// <summary>Only the client roams: its server stays one of the addresses it was given.</summary>
    private void TakeServerAddress(Instant now, in PeerAddress from, bool isAnswer)
    {
        if (_candidates != null && _candidates.Heard(now, from, isAnswer))
        {
            Move(now);
        }

        if (_candidates is not null)
        {
            RaiseCarrierEvents();
        }
    }

    /// <summary>The current place is another one.</summary>
    private void Move(Instant now)
    {
        Peer = _candidates!.Current;
        _retryDue = now;
        _path.Reset(DatagramBytesFor(Peer));
        TakePath(now);
    }
}
