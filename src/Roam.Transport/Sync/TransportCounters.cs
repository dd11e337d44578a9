namespace Roam.Transport;

/// <summary>What a connection has seen and done; for the tests, the simulator and `roam` diagnostics. Only grows.</summary>
public sealed class TransportCounters
{
    public long DatagramsSent { get; internal set; }

    public long BytesSent { get; internal set; }

    public long DatagramsReceived { get; internal set; }

    public long TooShort { get; internal set; }

    public long NotAuthentic { get; internal set; }

    public long WrongDirection { get; internal set; }

    /// <summary>Authentic, but behind a newer one already seen.</summary>
    public long OutOfOrder { get; internal set; }

    public long FragmentsRefused { get; internal set; }

    public long InstructionsRefused { get; internal set; }

    public long DiffsRefused { get; internal set; }

    /// <summary>States not taken because too many are held, or because the layer above asked to wait.</summary>
    public long StatesRefused { get; internal set; }

    public long WrongVersion { get; internal set; }

    /// <summary>Instructions that carried a diff.</summary>
    public long FramesSent { get; internal set; }

    public long BareAcksSent { get; internal set; }

    /// <summary>Local diffs over the bound, not sent: a defect of the state above, which must keep its diffs below it.</summary>
    public long OversizedInstructions { get; internal set; }

    /// <summary>Came though this side has not announced streams.</summary>
    public long StreamDatagramsRefused { get; internal set; }

    public long RoundTripSamples { get; internal set; }

    /// <summary>Loss reports of the peer that said something new.</summary>
    public long ReportsTaken { get; internal set; }

    /// <summary>Instructions of which an acknowledgement of streams told that they did not arrive.</summary>
    public long InstructionsKnownLost { get; internal set; }
}
