using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Roam.Transport;

/// <summary>
/// OCB3, RFC 7253, over an AES engine of the library: names and steps as in its sections 4.1 to 4.3. The library's own mode allocates a kilobyte
/// for each message and throws on a forged one (docs/adr/0003-ocb-over-library-aes.md). Not safe for two threads.
/// </summary>
internal sealed class OcbMode<TAes> : Aead
    where TAes : struct, IAesBlocks
{
    private const int BlockBytes = 16;
    private const int FourBytes = 4 * BlockBytes;

    /// <summary>ntz of a block number below 2^13 is at most 12: 8191 whole blocks, just above MessageBytesMax.</summary>
    private const int OffsetsMax = 13;

    private readonly Vector128<byte> _lStar;
    private readonly Vector128<byte> _lDollar;
    private Offsets _l;
    private TAes _encrypt;
    private TAes _decrypt;
    private CachedKtop _sealKtop;
    private CachedKtop _openKtop;

    internal OcbMode(ReadOnlySpan<byte> key)
    {
        _encrypt.Init(true, key);
        _decrypt.Init(false, key);
        _lStar = Encipher(Vector128<byte>.Zero);
        _lDollar = Double(_lStar);
        Vector128<byte> l = _lDollar;
        for (int i = 0; i < OffsetsMax; i++)
        {
            l = Double(l);
            _l[i] = l;
        }
    }

    internal override void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> destination) =>
        Seal(nonce, default, plaintext, destination);

    internal override bool Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> source, Span<byte> plaintext) => Open(nonce, default, source, plaintext);

    internal void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plaintext.Length, MessageBytesMax);
        destination = destination[..(plaintext.Length + TagBytes)];
        int length = plaintext.Length;
        Vector128<byte> offset = InitialOffset(nonce, ref _sealKtop);
        Vector128<byte> checksum = Vector128<byte>.Zero;
        int whole = ProcessWholeBlocks(ref _encrypt, plaintext, destination, true, ref offset, ref checksum);
        if (whole < length)
        {
            offset ^= _lStar;
            Vector128<byte> last = Padded(plaintext[whole..]);
            Vector128<byte> sealedLast = last ^ Encipher(offset);
            checksum ^= last;
            CopyPart(sealedLast, destination[whole..length]);
        }

        (Encipher(checksum ^ offset ^ _lDollar) ^ Hash(associated)).CopyTo(destination[length..]);
    }

    internal bool Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> source, Span<byte> plaintext)
    {
        int length = source.Length - TagBytes;
        if (length < 0 || length > MessageBytesMax)
        {
            return false;
        }

        plaintext = plaintext[..length];
        Vector128<byte> offset = InitialOffset(nonce, ref _openKtop);
        Vector128<byte> checksum = Vector128<byte>.Zero;
        int whole = ProcessWholeBlocks(ref _decrypt, source[..length], plaintext, false, ref offset, ref checksum);
        if (whole < length)
        {
            offset ^= _lStar;
            CopyPart(Padded(source[whole..length]) ^ Encipher(offset), plaintext[whole..]);
            checksum ^= Padded(plaintext[whole..]);
        }

        Span<byte> tag = stackalloc byte[TagBytes];
        (Encipher(checksum ^ offset ^ _lDollar) ^ Hash(associated)).CopyTo(tag);
        if (CryptographicOperations.FixedTimeEquals(tag, source[length..]))
        {
            return true;
        }

        plaintext.Clear();
        return false;
    }

    private int ProcessWholeBlocks(
        ref TAes aes,
        ReadOnlySpan<byte> source,
        Span<byte> destination,
        bool sealing,
        ref Vector128<byte> offset,
        ref Vector128<byte> checksum)
    {
        Span<byte> work = stackalloc byte[FourBytes];
        Span<Vector128<byte>> offsets = stackalloc Vector128<byte>[4];
        int blocks = source.Length / BlockBytes;
        int done = 0;
        while (done < blocks)
        {
            int count = blocks - done >= 4 ? 4 : 1;
            for (int i = 0; i < count; i++)
            {
                offset ^= _l[BitOperations.TrailingZeroCount(done + i + 1)];
                offsets[i] = offset;
                Vector128<byte> block = Vector128.Create(source.Slice((done + i) * BlockBytes, BlockBytes));
                checksum ^= sealing ? block : Vector128<byte>.Zero;
                (block ^ offset).CopyTo(work[(i * BlockBytes)..]);
            }

            if (count == 4)
            {
                aes.ProcessFour(work, work);
            }
            else
            {
                aes.Process(work[..BlockBytes], work[..BlockBytes]);
            }

            for (int i = 0; i < count; i++)
            {
                Vector128<byte> block = Vector128.Create(work.Slice(i * BlockBytes, BlockBytes)) ^ offsets[i];
                checksum ^= sealing ? Vector128<byte>.Zero : block;
                block.CopyTo(destination[((done + i) * BlockBytes)..]);
            }

            done += count;
        }

        return blocks * BlockBytes;
    }

    /// <summary>Section 4.2. Ktop depends on all but the low six bits of the nonce: counting nonces need one block cipher call in 64.</summary>
    private Vector128<byte> InitialOffset(ReadOnlySpan<byte> nonce, ref CachedKtop cached)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        nonce[..NonceBytes].CopyTo(block[(BlockBytes - NonceBytes)..]);
        block[BlockBytes - NonceBytes - 1] = 1;
        int bottom = block[^1] & 63;
        block[^1] &= 0xC0;
        Vector128<byte> top = Vector128.Create((ReadOnlySpan<byte>)block);
        if (!cached.IsSet || cached.Nonce != top)
        {
            cached = new CachedKtop(true, top, Encipher(top));
        }

        cached.Ktop.CopyTo(block);
        UInt128 ktop = BinaryPrimitives.ReadUInt128BigEndian(block);
        ulong high = (ulong)(ktop >> 64);
        ulong tail = high ^ (ulong)(ktop >> 56);
        UInt128 offset = bottom == 0 ? ktop : (ktop << bottom) | (tail >> (64 - bottom));
        BinaryPrimitives.WriteUInt128BigEndian(block, offset);
        return Vector128.Create((ReadOnlySpan<byte>)block);
    }

    /// <summary>HASH of the associated data, section 4.1. SSP has none; the RFC's vectors do.</summary>
    private Vector128<byte> Hash(ReadOnlySpan<byte> associated)
    {
        Vector128<byte> sum = Vector128<byte>.Zero;
        Vector128<byte> offset = Vector128<byte>.Zero;
        for (int i = 1; associated.Length >= BlockBytes; i++)
        {
            offset ^= _l[BitOperations.TrailingZeroCount(i)];
            sum ^= Encipher(Vector128.Create(associated[..BlockBytes]) ^ offset);
            associated = associated[BlockBytes..];
        }

        return associated.IsEmpty ? sum : sum ^ Encipher(Padded(associated) ^ offset ^ _lStar);
    }

    private Vector128<byte> Encipher(Vector128<byte> block)
    {
        Span<byte> work = stackalloc byte[BlockBytes];
        block.CopyTo(work);
        _encrypt.Process(work, work);
        return Vector128.Create((ReadOnlySpan<byte>)work);
    }

    /// <summary>A short last block, then a one bit, then zeros.</summary>
    private static Vector128<byte> Padded(ReadOnlySpan<byte> part)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        part.CopyTo(block);
        block[part.Length] = 0x80;
        return Vector128.Create((ReadOnlySpan<byte>)block);
    }

    private static void CopyPart(Vector128<byte> block, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[BlockBytes];
        block.CopyTo(bytes);
        bytes[..destination.Length].CopyTo(destination);
    }

    /// <summary>Multiplication by x in GF(2^128), section 2: shift left, and xor 135 for the bit that fell off.</summary>
    private static Vector128<byte> Double(Vector128<byte> block)
    {
        Span<byte> bytes = stackalloc byte[BlockBytes];
        block.CopyTo(bytes);
        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (value << 1) ^ ((value >> 127) * 135));
        return Vector128.Create((ReadOnlySpan<byte>)bytes);
    }

    private readonly record struct CachedKtop(bool IsSet, Vector128<byte> Nonce, Vector128<byte> Ktop);

    [InlineArray(OffsetsMax)]
    private struct Offsets
    {
        private Vector128<byte> _first;
    }
}
