using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>
/// The way through ssh beside UDP (docs/protocol.md, section 8): when it is used, and how UDP is asked quietly whether it gets through again. A challenge or its answer is a stream
/// datagram with nothing else in it, without timestamps: it never moves an address (RFC 9000, section 9.1), and is answered to where it came from.
/// </summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private const int ProbingBytes = 1 + PathValidation.TokenBytes;

    /// <summary>The present way is a stream through ssh.</summary>
    private bool _isCarried;

    /// <summary>The newest challenge that waits for its answer; a newer one takes its place.</summary>
    private ulong _answerToken;
    private PeerAddress _answerTo;

    /// <summary>Challenges up to this number were answered: a repeated one is not answered again.</summary>
    private ulong _challengesSeen;

    /// <summary>Set once the peer is known to answer challenges; until then none is sent.</summary>
    public bool UsesPaths
    {
        get;
        set
        {
            field = value;
            _candidates?.MayChallenge = value;
        }
    }

    /// <summary>The host has a way through ssh: datagrams to that address go there.</summary>
    public void CarrierReady(Instant now, in PeerAddress address)
    {
        if (_candidates is not null && !IsFinished)
        {
            if (_candidates.CarrierReady(now, address))
            {
                Move(now);
            }

            Arm(now);
        }
    }

    /// <summary>The way through ssh is gone. <see cref="TransportEvent.WantsCarrier"/> follows when it is missed.</summary>
    public void CarrierLost(Instant now)
    {
        if (_candidates is not null && !IsFinished)
        {
            if (_candidates.CarrierLost(now))
            {
                Move(now);
            }

            RaiseCarrierEvents();
            Arm(now);
        }
    }

    /// <summary>One more address of the server was found.</summary>
    public void AddCandidate(Instant now, in PeerAddress address)
    {
        if (_candidates is not null && _candidates.Add(now, address))
        {
            Arm(now);
        }
    }

    private void RaiseCarrierEvents()
    {
        if (_candidates!.TakeWantsCarrier())
        {
            Raise(TransportEvent.WantsCarrier);
        }

        if (_candidates.TakeUnneeded())
        {
            Raise(TransportEvent.CarrierUnneeded);
        }
    }

    private static bool IsProbing(ReadOnlySpan<byte> fragment) =>
        fragment.Length >= FragmentHeader.Bytes + ProbingBytes
        && fragment[FragmentHeader.Bytes] is (byte)FrameType.PathChallenge or (byte)FrameType.PathResponse
        && IsOfStreams(fragment);

    private ReceiveResult HandleProbing(Instant now, in PeerAddress from, ulong sequence, ReadOnlySpan<byte> fragment)
    {
        FragmentHeader header = FragmentHeader.Read(fragment);
        if (!UsesPaths || header is not { Number: 0, IsLast: true })
        {
            Counters.StreamDatagramsRefused++;
            return ReceiveResult.Dropped;
        }

        ReadOnlySpan<byte> frame = fragment[FragmentHeader.Bytes..];
        ulong token = BinaryPrimitives.ReadUInt64BigEndian(frame[1..]);
        if (frame[0] == (byte)FrameType.PathResponse)
        {
            if (_candidates is not null && _candidates.Validated(now, token))
            {
                Move(now);
            }
        }
        else if (sequence >= _challengesSeen)
        {
            // What an attacker repeats from elsewhere makes us send nothing there.
            _challengesSeen = sequence + 1;
            (_answerToken, _answerTo) = (token, from);
        }

        return ReceiveResult.Accepted;
    }

    private bool TryMakeProbing(Instant now, Span<byte> destination, out int written, ref PeerAddress to)
    {
        written = 0;
        if (!_answerTo.IsNone)
        {
            (to, _answerTo) = (_answerTo, default);
            written = MakeProbing(now, destination, FrameType.PathResponse, _answerToken);
            return true;
        }

        if (_candidates is { HasChallenges: true } && !IsShuttingDown)
        {
            to = _candidates.TakeChallenge(out ulong token);
            written = MakeProbing(now, destination, FrameType.PathChallenge, token);
            return true;
        }

        return false;
    }

    private int MakeProbing(Instant now, Span<byte> destination, FrameType type, ulong token)
    {
        new FragmentHeader(FragmentHeader.StreamsId, 0, IsLast: true).Write(destination[DatagramCodec.HeaderBytes..]);
        Span<byte> frame = destination[(DatagramCodec.HeaderBytes + FragmentHeader.Bytes)..];
        frame[0] = (byte)type;
        BinaryPrimitives.WriteUInt64BigEndian(frame[1..], token);
        _isLastOfStreams = false;
        return Seal(destination, DatagramCodec.NoTimestamp, DatagramCodec.NoTimestamp, FragmentHeader.Bytes + ProbingBytes);
    }
}
