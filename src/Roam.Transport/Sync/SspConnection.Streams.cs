using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>Byte streams beside the screen (docs/protocol.md, section 8): their datagrams go when no instruction is due, and never to a peer that has not announced them.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private const int StreamOverheadBytes = SspLimits.IPv4OverheadBytes + FragmentOverheadBytes;

    private bool _isLastOfStreams;

    /// <summary>Set once the peer is known to read stream datagrams; until then none is written, and those that come are dropped. It is never unset.</summary>
    public bool UsesStreams
    {
        get => Streams != null;
        set
        {
            if (value)
            {
                Streams ??= new StreamSet(_side, new DelayController());
            }
        }
    }

    /// <summary>The streams; null until <see cref="UsesStreams"/> is set.</summary>
    public StreamSet? Streams { get; private set; }

    private static bool IsOfStreams(ReadOnlySpan<byte> fragment) =>
        fragment.Length >= FragmentHeader.Bytes && BinaryPrimitives.ReadUInt64BigEndian(fragment) == FragmentHeader.StreamsId;

    private bool TryMakeStreamDatagram(Instant now, Span<byte> destination, out int written)
    {
        written = 0;
        if (Streams == null || IsShuttingDown)
        {
            return false;
        }

        int payloadBytes = (Streams.WantsShort && !_isCarried ? PathSize.FloorBytes : _path.Bytes) - FragmentOverheadBytes;
        Span<byte> payload = destination.Slice(DatagramCodec.HeaderBytes + FragmentHeader.Bytes, payloadBytes);
        int length = Streams.WriteDatagram(now, _datagrams.NextSequence, payload, StreamOverheadBytes);
        if (length == 0)
        {
            return false;
        }

        new FragmentHeader(FragmentHeader.StreamsId, 0, IsLast: true).Write(destination[DatagramCodec.HeaderBytes..]);
        _isLastOfStreams = true;
        written = Seal(now, destination, FragmentHeader.Bytes + length);
        return true;
    }

    private ReceiveResult HandleStreams(Instant now, ulong sequence, ReadOnlySpan<byte> fragment)
    {
        if (Streams == null)
        {
            Counters.StreamDatagramsRefused++;
            return ReceiveResult.Dropped;
        }

        // The fragment number is for later meanings: one that is not known is not guessed.
        FragmentHeader header = FragmentHeader.Read(fragment);
        if (header is not { Number: 0, IsLast: true })
        {
            Counters.FragmentsRefused++;
            return ReceiveResult.Dropped;
        }

        ReceiveResult result = Streams.TakeDatagram(now, sequence, fragment[FragmentHeader.Bytes..], _datagrams.NextSequence);
        if (Streams.TakeAckNews())
        {
            TakeFates(now);
        }

        if (Streams.TakeLongSwallowed())
        {
            _path.TryFall(now);
        }

        return result;
    }

    private void ArmStreams(Instant now)
    {
        bool isQuiet = Peer.IsNone || IsShuttingDown || _datagrams.IsExhausted;
        _deadlines[Deadline.StreamSend] = isQuiet ? Instant.Never : Streams!.NextSend(now);
        _deadlines[Deadline.StreamRecovery] = isQuiet ? Instant.Never : Streams!.NextTimeout;
    }

    /// <summary>The system called a stream's datagram too long: it goes again, shorter.</summary>
    private void ShortenStreams()
    {
        if (_path.TryFall(_lastSend))
        {
            Streams!.TakeTooLong();
            _deadlines[Deadline.StreamSend] = Instant.Zero;
        }
    }
}
