namespace Roam.Transport;

/// <summary>What the streams of a connection have seen and done. Only grows.</summary>
public sealed class StreamCounters
{
    public long DatagramsSent { get; internal set; }

    /// <summary>Of them, without anything but an acknowledgement.</summary>
    public long BareAcksSent { get; internal set; }

    public long DatagramsReceived { get; internal set; }

    /// <summary>Repeats, or so late that they cannot be told from one.</summary>
    public long Repeats { get; internal set; }

    /// <summary>The rest of a datagram after a frame of an unknown type.</summary>
    public long UnknownFrames { get; internal set; }

    /// <summary>The rest of a datagram after a frame that ends too early or says what cannot be.</summary>
    public long MalformedFrames { get; internal set; }

    /// <summary>Frames for streams that cannot be, beyond a limit or against what was said before.</summary>
    public long RefusedFrames { get; internal set; }

    /// <summary>Datagrams not taken because there are too many gaps.</summary>
    public long RefusedDatagrams { get; internal set; }

    public long BytesWritten { get; internal set; }

    public long BytesResent { get; internal set; }

    public long DatagramsLost { get; internal set; }

    /// <summary>Taken for lost and acknowledged after all.</summary>
    public long WronglyLost { get; internal set; }

    public long ProbesSent { get; internal set; }

    /// <summary>Datagrams inside streams: sent, come, and dropped here because too many waited or the path takes only shorter ones.</summary>
    public long DatagramFramesSent { get; internal set; }

    public long DatagramFramesReceived { get; internal set; }

    public long DatagramFramesDropped { get; internal set; }
}
