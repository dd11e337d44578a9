using Roam.Host;
using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// A peer that holds the key and sends nonsense, to a server and to a client: nothing is thrown, everything stays bounded, and the session still answers.
/// Input: instructions, each a byte for each number, a length byte, the diff.
/// </summary>
internal sealed class HostilePeerFuzzTarget : IFuzzTarget
{
    private const int HeaderBytes = 5;
    private const int TransmitsMax = 100;

    private readonly ZLibStreamCompressor _zlib = new();
    private readonly SessionKey _key = SessionKey.Create(new SeededRandom(1));
    private readonly InstructionCodec _codec;
    private readonly GrowingBuffer _encoded = new();
    private readonly byte[] _datagram = new byte[SimPacket.BytesMax];

    public HostilePeerFuzzTarget()
    {
        _codec = new InstructionCodec(_zlib);
        GrowingBuffer keys = new();
        new DiffWriter(keys).WriteBytes("ls\r"u8);
        new DiffWriter(keys).WriteResize(100, 40);
        GrowingBuffer screen = new();
        new DiffWriter(screen).WriteEchoAck(1);
        new DiffWriter(screen).WriteBytes("\e[2Jhi\e[?25l"u8);
        GrowingBuffer announcement = new();
        new DiffWriter(announcement).WriteAnnouncement(Announcement.Own.Message);
        Seeds =
        [
            [0, 1, 0, 0, (byte)announcement.Length, .. announcement.Written, 1, 2, 1, 1, (byte)keys.Length, .. keys.Written, 2, 3, 200, 0, (byte)announcement.Length, .. announcement.Written],
            [0, 1, 0, 0, (byte)keys.Length, .. keys.Written, 1, 2, 1, 1, (byte)keys.Length, .. keys.Written],
            [0, 1, 0, 0, (byte)screen.Length, .. screen.Written, 1, 2, 1, 0, 0, 0, 255, 0, 0, (byte)screen.Length, .. screen.Written],
        ];
    }

    public string Name => "peer";

    public IReadOnlyList<byte[]> Seeds { get; }

    public void Run(ReadOnlySpan<byte> input)
    {
        Instant now = new(1_000_000);
        SeededRandom random = new(2);
        ServerSession server = new(_key, new RoamTiming(), random, _zlib, now, new ServerSessionOptions());
        ClientSession client = new(_key, new RoamTiming(), random, _zlib, now, SimWorld.ServerAddress.ToPeer(), new ClientSessionOptions());
        DatagramCodec asClient = new(Side.Client, _key);
        DatagramCodec asServer = new(Side.Server, _key);
        PeerAddress from = new SimAddress(1, 1).ToPeer();
        ulong id = 0;
        while (input.Length >= HeaderBytes)
        {
            int length = Math.Min(input[4], input.Length - HeaderBytes);
            TransportInstruction instruction = new()
            {
                Version = SspLimits.ProtocolVersion,
                OldNumber = Number(input[0]),
                NewNumber = Number(input[1]),
                AckNumber = Number(input[2]),
                ThrowawayNumber = Number(input[3]),
                Diff = input.Slice(HeaderBytes, length),
                HasReport = (input[2] & 1) != 0,
                ReportReceived = Number(input[0]),
                ReportHighest = Number(input[1]),
            };
            input = input[(HeaderBytes + length)..];
            server.HandleDatagram(now, from, Seal(asClient, instruction, ++id), false);
            client.HandleDatagram(now, SimWorld.ServerAddress.ToPeer(), Seal(asServer, instruction, id), false);
            now = now.PlusMillis(30);
            Turn(now, server, client);
            server.HandleOutput(now, "x"u8);
            client.HandleInput(now, "y"u8);
        }

        server.Emulator.Screen.CheckIntegrity();
        client.Connection.Remote.Screen.CheckIntegrity();
        Check(server.Connection.ReceivedStatesHeld <= SspLimits.ReceivedStatesHardMax && client.Connection.ReceivedStatesHeld <= SspLimits.ReceivedStatesHardMax, "states without bound");
    }

    /// <summary>Low numbers, and the highest ones, among them that of the end.</summary>
    private static ulong Number(byte b) => b < 250 ? b : ulong.MaxValue - (255u - b);

    private ReadOnlySpan<byte> Seal(DatagramCodec codec, in TransportInstruction instruction, ulong id)
    {
        _codec.Encode(instruction, _encoded);
        new FragmentHeader(id, 0, true).Write(_datagram.AsSpan(DatagramCodec.HeaderBytes));
        _encoded.Written.CopyTo(_datagram.AsSpan(DatagramCodec.HeaderBytes + FragmentHeader.Bytes));
        return _datagram.AsSpan(0, codec.Seal(_datagram, 1, 2, FragmentHeader.Bytes + _encoded.Length));
    }

    private static void Turn(Instant now, ServerSession server, ClientSession client)
    {
        Span<byte> buffer = stackalloc byte[SimPacket.BytesMax];
        server.HandleTimeout(now);
        client.HandleTimeout(now);
        int transmits = 0;
        while (server.PollTransmit(now, buffer, out _, out _) || client.PollTransmit(now, buffer, out _, out _))
        {
            Check(++transmits < TransmitsMax, "transmits without end");
        }

        while (server.HasInput && server.PollInput(now, buffer) != 0)
        {
        }

        while (server.PollEvent(out _) || client.PollEvent(out _))
        {
        }

        if (client.PollScreen(now, out Screen frame))
        {
            frame.CheckIntegrity();
        }
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
