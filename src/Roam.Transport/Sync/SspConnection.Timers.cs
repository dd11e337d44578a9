using System.Numerics;

namespace Roam.Transport;

/// <summary>Deadlines, events, and what depends on silence: the forgotten client at the server, port hops at the client (ssp.md section 1).</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private Instant _lastPortChoice;

    /// <summary>One bit for each event that waits to be polled: each waits at most once, so the queue is bounded.</summary>
    private uint _events;

    /// <summary>Call at <see cref="NextTimeout"/> or any time later. What is due to be sent comes out of <see cref="PollTransmit"/>.</summary>
    public void HandleTimeout(Instant now)
    {
        if (_deadlines.Expire(Deadline.PeerSilent, now))
        {
            Peer = default;
            Raise(TransportEvent.PeerSilent);
        }

        if (_deadlines.Expire(Deadline.PortHop, now))
        {
            // Counts as a choice, so that a host that cannot hop is asked again in 10 s and not at once.
            _lastPortChoice = now;
            Raise(TransportEvent.HopPort);
        }

        if (_deadlines.Expire(Deadline.TryAddress, now))
        {
            TryNextAddress(now);
        }

        if (_deadlines.Expire(Deadline.Challenge, now))
        {
            _candidates!.BeginChallenges(now);
        }

        if (_deadlines.Expire(Deadline.StreamRecovery, now))
        {
            Streams!.HandleTimeout(now);
        }

        if (_deadlines.Expire(Deadline.ShutdownLimit, now))
        {
            Finish(agreed: false);
        }

        Arm(now);
    }

    /// <summary>The client sends from a new port now. An acknowledgement goes at once, so that the server learns it.</summary>
    public void HopDone(Instant now)
    {
        _lastPortChoice = now;
        _ackDue = now;
        _path.Reset(DatagramBytesFor(Peer));
        Arm(now);
    }

    /// <summary>The next thing to tell the layer above; false when there is none. Each kind is told once however often it happened.</summary>
    public bool PollEvent(out TransportEvent transportEvent)
    {
        transportEvent = (TransportEvent)BitOperations.TrailingZeroCount(_events);
        if (_events == 0)
        {
            transportEvent = default;
            return false;
        }

        _events &= _events - 1;
        return true;
    }

    private void Raise(TransportEvent transportEvent) => _events |= 1u << (int)transportEvent;

    /// <summary>Sets the deadlines that follow from the state; the others are set where they begin.</summary>
    private void Arm(Instant now)
    {
        if (IsFinished)
        {
            _deadlines = new DeadlineTable();
            return;
        }

        _deadlines[Deadline.Send] = WhenToSend(now);
        _deadlines[Deadline.PortHop] = _side == Side.Client
            ? Instant.Max(_lastPortChoice, LastAckedSentAt).PlusMillis(SspLimits.PortHopMillis)
            : Instant.Never;
        if (_candidates is not null)
        {
            _deadlines[Deadline.TryAddress] = _candidates.NextTry;
            _deadlines[Deadline.Challenge] = IsShuttingDown ? Instant.Never : _candidates.NextChallenge;
        }

        if (Streams != null)
        {
            ArmStreams(now);
        }
    }

    private Instant WhenToSend(Instant now)
    {
        if (Peer.IsNone)
        {
            return Instant.Never;
        }

        return _fragmenter.HasMore ? now : Plan(now, out _).At;
    }
}
