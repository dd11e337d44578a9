using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Roam.Transport;

/// <summary>
/// A socket address as opaque bytes (struct sockaddr, at most 28 bytes for IPv6), compared by value. The core never looks inside, but for the family. Or a way through ssh, known by a
/// number.
/// </summary>
public readonly struct PeerAddress : IEquatable<PeerAddress>
{
    /// <summary>sizeof(struct sockaddr_in6).</summary>
    public const int BytesMax = 28;

    /// <summary>No struct sockaddr has this length.</summary>
    private const int CarriedBytes = 5;

    /// <summary>Of the address family, so that the bytes cannot be taken for one: families are small numbers.</summary>
    private const byte CarriedMark = 0xFF;

    private readonly Buffer _bytes;
    private readonly byte _length;

    public PeerAddress(ReadOnlySpan<byte> sockaddr, bool isIPv6)
    {
        _length = (byte)Math.Min(sockaddr.Length, BytesMax);
        Span<byte> bytes = _bytes;
        sockaddr[.._length].CopyTo(bytes);
        IsIPv6 = isIPv6;
    }

    public bool IsIPv6 { get; }

    /// <summary>The default value: no address known.</summary>
    public bool IsNone => _length == 0;

    /// <summary>Not a place on the network: a reliable stream through ssh.</summary>
    public bool IsCarried => _length == CarriedBytes;

    public int Length => _length;

    /// <summary>The way through ssh of that number.</summary>
    public static PeerAddress Carried(int number)
    {
        Span<byte> bytes = stackalloc byte[CarriedBytes];
        bytes[0] = CarriedMark;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], number);
        return new PeerAddress(bytes, isIPv6: false);
    }

    public void CopyTo(Span<byte> destination)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        bytes[.._length].CopyTo(destination);
    }

    public bool Equals(PeerAddress other)
    {
        ReadOnlySpan<byte> a = _bytes, b = other._bytes;
        return _length == other._length && a[.._length].SequenceEqual(b[.._length]);
    }

    public override bool Equals(object? obj) => obj is PeerAddress other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        ReadOnlySpan<byte> bytes = _bytes;
        hash.AddBytes(bytes[.._length]);
        return hash.ToHashCode();
    }

    public static bool operator ==(PeerAddress a, PeerAddress b) => a.Equals(b);

    public static bool operator !=(PeerAddress a, PeerAddress b) => !a.Equals(b);

    [InlineArray(BytesMax)]
    private struct Buffer
    {
        private byte _first;
    }
}
