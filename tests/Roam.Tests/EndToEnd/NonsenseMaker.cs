using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.EndToEnd;

/// <summary>
/// Authentic datagrams that no honest peer sends: broken fragments, broken zlib, broken protobuf, sizes that lie, numbers that contradict each other. All bear the
/// sequence number 0, so that they never count as newer than the real peer's; none says what would be right and harmful (the end of the session, an
/// acknowledgement in the real peer's name, input): whoever holds the key may say that.
/// </summary>
internal sealed class NonsenseMaker : IDisposable
{
    private const int FragmentBytesMax = 1100;

    private readonly Random _random;
    private readonly DatagramCodec _codec;
    private readonly InstructionCodec _instructions;
    private readonly ZlibCompressor _zlib = new();
    private readonly GrowingBuffer _compressed = new();
    private readonly byte[] _datagram = new byte[1500];
    private readonly byte[] _bomb;
    private ulong _fragmentId = 1_000_000;

    public NonsenseMaker(Side side, string key, int seed)
    {
        Assert.True(SessionKey.TryParse(key, out SessionKey parsed));
        _codec = new DatagramCodec(side, parsed);
        _instructions = new InstructionCodec(_zlib);
        _random = new Random(seed);
        _bomb = new byte[64 * 1024];
        int length = _zlib.Deflate(new byte[16 * 1024 * 1024], _bomb);
        _bomb = _bomb[..length];
    }

    /// <summary>The next datagram; valid until the call after.</summary>
    public ReadOnlySpan<byte> Next()
    {
        int fragmentBytes = _random.Next(10) switch
        {
            0 => Noise(_random.Next(FragmentHeader.Bytes)),
            1 => Fragment(Random(_random.Next(FragmentBytesMax)), _random.Next(FragmentHeader.NumberMax), isLast: false),
            2 => Fragment(Random(_random.Next(FragmentBytesMax)), 0, isLast: true),
            3 => Fragment(Compressed(Random(_random.Next(800))), 0, isLast: true),
            4 => Fragment(_bomb.AsSpan(0, Math.Min(_bomb.Length, FragmentBytesMax)), 0, isLast: true),
            5 => OtherVersionInstruction(),
            6 => Instruction(new TransportInstruction { Version = 2, OldNumber = Unheld(), NewNumber = Unheld(), AckNumber = Unheld(), Diff = Random(60) }),
            7 => Instruction(new TransportInstruction { Version = 2, OldNumber = 0, NewNumber = Unheld(), ThrowawayNumber = Unheld(), AckNumber = Unheld() }),
            8 => Instruction(new TransportInstruction { Version = 2, OldNumber = 0, NewNumber = Unheld(), AckNumber = Unheld(), Diff = BrokenDiff() }),
            _ => Contradiction(),
        };
        return Seal(fragmentBytes);
    }

    /// <summary>A first part whose rest never comes: authentic, and nothing wrong with it.</summary>
    public ReadOnlySpan<byte> FirstPart() => Seal(Fragment(Random(100), 0, isLast: false));

    public ReadOnlySpan<byte> OtherVersion() => Seal(OtherVersionInstruction());

    private int OtherVersionInstruction() => Instruction(new TransportInstruction { Version = 3, NewNumber = 5 });

    private ReadOnlySpan<byte> Seal(int fragmentBytes)
    {
        _codec.NextSequence = 0;
        return _datagram.AsSpan(0, _codec.Seal(_datagram, (ushort)_random.Next(65536), (ushort)_random.Next(65536), fragmentBytes));
    }

    public void Dispose() => _zlib.Dispose();

    /// <summary>A number that no honest state of a short session has, and that is not the end (2^64-1).</summary>
    private ulong Unheld() => (1UL << 40) + (ulong)_random.NextInt64(1L << 40);

    private byte[] Random(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A varint that never ends, or a length beyond the end: no reader can take it.</summary>
    private byte[] BrokenDiff() => _random.Next(2) == 0 ? [.. Enumerable.Repeat((byte)0xFF, 20)] : [0x0A, 0xFF, 0xFF, 0x03, 1, 2, 3];

    private int Noise(int length)
    {
        Random(length).CopyTo(_datagram, DatagramCodec.HeaderBytes);
        return length;
    }

    private int Fragment(ReadOnlySpan<byte> slice, int number, bool isLast)
    {
        Span<byte> fragment = _datagram.AsSpan(DatagramCodec.HeaderBytes);
        new FragmentHeader(_fragmentId++, number, isLast).Write(fragment);
        slice.CopyTo(fragment[FragmentHeader.Bytes..]);
        return FragmentHeader.Bytes + slice.Length;
    }

    /// <summary>The same instruction, another last number: the fragments cannot both be right.</summary>
    private int Contradiction()
    {
        int length = Fragment(Random(20), _random.Next(4), isLast: _random.Next(2) == 0);
        _fragmentId -= (ulong)_random.Next(2);
        return length;
    }

    private byte[] Compressed(byte[] plain)
    {
        byte[] room = new byte[FragmentBytesMax];
        return room[.._zlib.Deflate(plain, room)];
    }

    private int Instruction(in TransportInstruction instruction)
    {
        Assert.True(_instructions.Encode(instruction, _compressed));
        return Fragment(_compressed.Written, 0, isLast: true);
    }
}
