namespace Roam.Transport;

/// <summary>All that a timing policy may look at. Filled in by the connection; the policy asks for nothing else.</summary>
public struct TimingInputs
{
    public Instant Now { get; set; }

    public Side Side { get; set; }

    public RoundTrip RoundTrip { get; set; }

    /// <summary>When the local state first differed from the last one sent; <see cref="Instant.Never"/> while it does not.</summary>
    public Instant FirstChange { get; set; }

    /// <summary>When the local state was last touched: at the server, when the program last wrote.</summary>
    public Instant LastChange { get; set; }

    /// <summary>Only the echo acknowledgement changed.</summary>
    public bool IsMinorChange { get; set; }

    /// <summary>Size of the difference that waits, once it was looked at; 0: not known yet.</summary>
    public int PendingDiffBytes { get; set; }

    /// <summary>When the last instruction went out, of whatever kind.</summary>
    public Instant LastSend { get; set; }

    /// <summary>When the newest state of the peer arrived.</summary>
    public Instant LastHeard { get; set; }

    /// <summary>When an acknowledgement is due: the regular one, or the quick one after a diff.</summary>
    public Instant AckDue { get; set; }

    /// <summary>The local state differs from the one that the peer is assumed to have.</summary>
    public bool DiffersFromAssumed { get; set; }

    /// <summary>The local state differs from the newest that the peer has acknowledged.</summary>
    public bool DiffersFromAcknowledged { get; set; }

    /// <summary>When the oldest state that differs from the acknowledged one first left; Never while there is none.</summary>
    public Instant OldestUnacknowledgedAt { get; set; }

    public bool IsShuttingDown { get; set; }

    /// <summary>Instructions sent since the session began.</summary>
    public long InstructionsSent { get; set; }

    /// <summary>States sent and not known to be acknowledged; bare acknowledgements count.</summary>
    public int StatesInFlight { get; set; }
}
