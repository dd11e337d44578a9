namespace Roam.Transport;

/// <summary>When the next datagram goes, if nothing else happens before, and why.</summary>
public readonly record struct SendPlan(Instant At, SendReason Reason)
{
    public static readonly SendPlan Idle = new(Instant.Never, SendReason.None);
}
