using System.Buffers.Binary;
using System.Numerics;

namespace Roam.Host;

/// <summary>
/// SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012). Keyed with random bytes for each copy: nobody can prepare two contents that agree, and there is no library
/// to load. SHA-256 would be OpenSSL's, which the program does without, or four times slower.
/// </summary>
internal struct SipHash128
{
    public const int HashBytes = 16;
    public const int KeyBytes = 16;

    private ulong _v0;
    private ulong _v1;
    private ulong _v2;
    private ulong _v3;
    private ulong _tail;
    private int _tailBytes;
    private ulong _length;

    public SipHash128(ReadOnlySpan<byte> key)
    {
        ulong k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        ulong k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        _v0 = 0x736f6d6570736575 ^ k0;
        _v1 = 0x646f72616e646f6d ^ k1 ^ 0xEE;
        _v2 = 0x6c7967656e657261 ^ k0;
        _v3 = 0x7465646279746573 ^ k1;
    }

    public static UInt128 Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes)
    {
        SipHash128 hash = new(key);
        hash.Append(bytes);
        return hash.Result();
    }

    public void Append(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[HashBytes];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, number);
        Append(bytes);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += (ulong)bytes.Length;
        while (_tailBytes > 0 && !bytes.IsEmpty)
        {
            AppendToTail(bytes[0]);
            bytes = bytes[1..];
        }

        ulong v0 = _v0, v1 = _v1, v2 = _v2, v3 = _v3;
        while (bytes.Length >= sizeof(ulong))
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            bytes = bytes[sizeof(ulong)..];
        }

        (_v0, _v1, _v2, _v3) = (v0, v1, v2, v3);
        foreach (byte b in bytes)
        {
            AppendToTail(b);
        }
    }

    /// <summary>More can be appended afterwards.</summary>
    public readonly UInt128 Result()
    {
        ulong v0 = _v0, v1 = _v1, v2 = _v2, v3 = _v3;
        ulong last = (_length << 56) | _tail;
        v3 ^= last;
        Rounds(2, ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xEE;
        Rounds(4, ref v0, ref v1, ref v2, ref v3);
        ulong low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xDD;
        Rounds(4, ref v0, ref v1, ref v2, ref v3);
        return new UInt128(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private void AppendToTail(byte b)
    {
        _tail |= (ulong)b << (8 * _tailBytes);
        if (++_tailBytes == sizeof(ulong))
        {
            _v3 ^= _tail;
            Rounds(2, ref _v0, ref _v1, ref _v2, ref _v3);
            _v0 ^= _tail;
            _tail = 0;
            _tailBytes = 0;
        }
    }

    private static void Rounds(int count, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        for (int i = 0; i < count; i++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
