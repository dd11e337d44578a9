using System.Runtime.InteropServices;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Datagrams of one sender that the kernel handed over in one call (udp(7), UDP_GRO): they lie one behind the other, all of one length but the last. Sockets of one loop may share it: each is
/// read until nothing of it is left here.
/// </summary>
internal sealed unsafe class ReceiveBatch : IDisposable
{
    /// <summary>The kernel joins no more than an IP packet may hold.</summary>
    public const int BytesMax = 64 * 1024;

    private byte* _bytes = (byte*)NativeMemory.Alloc(BytesMax);
    private int _start;
    private int _end;
    private int _segmentBytes;
    private PeerAddress _from;
    private bool _isMarked;

    public bool IsEmpty => _start == _end;

    /// <summary>Where the next call puts what it receives.</summary>
    public byte* Bytes => _bytes;

    /// <summary>What a call received.</summary>
    /// <param name="bytes">In all.</param>
    /// <param name="segmentBytes">Of one datagram; 0: it is one.</param>
    /// <param name="from">Of all of them.</param>
    /// <param name="isMarked">With congestion experienced; the kernel joins none that differ in it.</param>
    public void Fill(int bytes, int segmentBytes, in PeerAddress from, bool isMarked)
    {
        (_start, _end, _segmentBytes) = (0, bytes, segmentBytes > 0 ? segmentBytes : bytes);
        _from = from;
        _isMarked = isMarked;
    }

    /// <summary>The next datagram; what is longer than the destination is cut, as recvmsg(2) does.</summary>
    public int Take(Span<byte> destination, out PeerAddress from, out bool isMarked)
    {
        int bytes = Math.Min(_segmentBytes, _end - _start);
        int length = Math.Min(bytes, destination.Length);
        new ReadOnlySpan<byte>(_bytes + _start, length).CopyTo(destination);
        _start += bytes;
        from = _from;
        isMarked = _isMarked;
        return length;
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _start = _end = 0;
    }
}
