using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>
/// Seals and opens datagrams (ssp.md section 1): 8 bytes of nonce in clear (direction bit and sequence number), then the sealed plaintext:
/// timestamp, timestamp reply, one fragment. Counts sequence numbers and key use, so that no nonce is used twice.
/// </summary>
internal sealed class DatagramCodec
{
    internal const int NonceBytes = 8;
    internal const int TimestampsBytes = 4;
    internal const int HeaderBytes = NonceBytes + TimestampsBytes;
    internal const int OverheadBytes = HeaderBytes + Aead.TagBytes;
    internal const int DatagramBytesMin = NonceBytes + Aead.TagBytes;

    /// <summary>In place of a timestamp: none.</summary>
    internal const ushort NoTimestamp = 0xFFFF;

    private const ulong DirectionBit = 1UL << 63;
    private const int AesBlockBytes = 16;

    /// <summary>Tag, last partial block, and the nonce's own block now and then.</summary>
    private const ulong ExtraBlocks = 3;

    /// <summary>More than the longest datagram needs: the limit itself is never reached.</summary>
    private const ulong DatagramBlocksMax = 256;

    private readonly Aead _aead;
    private readonly ulong _ownDirection;
    private readonly byte[] _plaintext = new byte[SspLimits.ReceiveBytesMax];

    internal DatagramCodec(Side side, in SessionKey key)
    {
        _aead = Aead.Create(key);
        _ownDirection = side == Side.Server ? DirectionBit : 0;
    }

    /// <summary>The number that the next datagram gets.</summary>
    internal ulong NextSequence { get; set; }

    /// <summary>AES blocks used under the key by what was sent here, and by what came and was authentic.</summary>
    internal ulong BlocksUsed { get; set; }

    internal bool IsExhausted => BlocksUsed + DatagramBlocksMax > SspLimits.KeyBlocksMax || NextSequence >= DirectionBit;

    /// <summary>Clock value of a timestamp field: milliseconds modulo 65536, never the value that means none.</summary>
    internal static ushort TimestampOf(Instant now)
    {
        ushort millis = (ushort)(now.Micros / 1000);
        return millis == NoTimestamp ? (ushort)0 : millis;
    }

    /// <summary>Seals the fragment that already stands at <see cref="HeaderBytes"/> in the datagram's buffer. Returns the datagram's length.</summary>
    internal int Seal(Span<byte> datagram, ushort timestamp, ushort reply, int fragmentBytes)
    {
        int plaintextBytes = TimestampsBytes + fragmentBytes;
        BinaryPrimitives.WriteUInt64BigEndian(datagram, _ownDirection | NextSequence++);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[NonceBytes..], timestamp);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[(NonceBytes + 2)..], reply);
        Span<byte> nonce = stackalloc byte[Aead.NonceBytes];
        WriteNonce(datagram, nonce);
        _aead.Seal(nonce, datagram.Slice(NonceBytes, plaintextBytes), datagram[NonceBytes..]);
        CountBlocks(plaintextBytes);
        return NonceBytes + plaintextBytes + Aead.TagBytes;
    }

    /// <summary>Anything but Accepted changed nothing here.</summary>
    internal ReceiveResult Open(ReadOnlySpan<byte> datagram, out OpenedDatagram opened)
    {
        opened = default;
        if (datagram.Length < DatagramBytesMin)
        {
            return ReceiveResult.TooShort;
        }

        ulong clear = BinaryPrimitives.ReadUInt64BigEndian(datagram);
        if ((clear & DirectionBit) == _ownDirection)
        {
            return ReceiveResult.WrongDirection;
        }

        Span<byte> nonce = stackalloc byte[Aead.NonceBytes];
        WriteNonce(datagram, nonce);
        int length = datagram.Length - DatagramBytesMin;
        if (datagram.Length > SspLimits.ReceiveBytesMax || !_aead.Open(nonce, datagram[NonceBytes..], _plaintext))
        {
            return ReceiveResult.NotAuthentic;
        }

        CountBlocks(length);
        if (length < TimestampsBytes)
        {
            return ReceiveResult.Dropped;
        }

        ReadOnlySpan<byte> plaintext = _plaintext.AsSpan(0, length);
        opened = new OpenedDatagram
        {
            Sequence = clear & ~DirectionBit,
            Timestamp = BinaryPrimitives.ReadUInt16BigEndian(plaintext),
            TimestampReply = BinaryPrimitives.ReadUInt16BigEndian(plaintext[2..]),
            Fragment = plaintext[TimestampsBytes..],
        };
        return ReceiveResult.Accepted;
    }

    /// <summary>Four zero bytes, then the eight of the wire.</summary>
    private static void WriteNonce(ReadOnlySpan<byte> datagram, Span<byte> nonce)
    {
        nonce.Clear();
        datagram[..NonceBytes].CopyTo(nonce[(Aead.NonceBytes - NonceBytes)..]);
    }

    private void CountBlocks(int plaintextBytes) => BlocksUsed += ((ulong)plaintextBytes / AesBlockBytes) + ExtraBlocks;
}
