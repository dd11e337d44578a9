using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>Datagrams of one stream in one direction, in a ring, each after its length. At the limit the oldest make room: of what is unreliable the newest counts.</summary>
internal sealed class DatagramQueue(BufferPool pool)
{
    private const int HeadBytes = 2;

    private byte[] _ring = [];
    private ulong _from;
    private ulong _to;

    internal int Count { get; private set; }

    /// <summary>With their lengths.</summary>
    internal int Bytes => (int)(_to - _from);

    /// <summary>Length of the oldest; 0 when there is none, too.</summary>
    internal int NextLength
    {
        get
        {
            if (Count == 0)
            {
                return 0;
            }

            Span<byte> head = stackalloc byte[HeadBytes];
            CopyOut(_from, head);
            return BinaryPrimitives.ReadUInt16LittleEndian(head);
        }
    }

    /// <summary>Returns how many old ones were dropped for it.</summary>
    internal int Add(ReadOnlySpan<byte> datagram, int bytesMax)
    {
        int dropped = 0;
        while (Count > 0 && Bytes + HeadBytes + datagram.Length > bytesMax)
        {
            Drop();
            dropped++;
        }

        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)datagram.Length);
        MakeRoom(HeadBytes + datagram.Length);
        CopyIn(head);
        CopyIn(datagram);
        Count++;
        return dropped;
    }

    /// <summary>Takes the oldest off; what does not fit is cut off. Not when there is none.</summary>
    internal int Take(Span<byte> destination)
    {
        int length = NextLength;
        CopyOut(_from + HeadBytes, destination[..Math.Min(length, destination.Length)]);
        Drop();
        return length;
    }

    internal void Drop()
    {
        _from += (ulong)(HeadBytes + NextLength);
        if (--Count == 0)
        {
            Clear();
        }
    }

    internal void Clear()
    {
        if (_ring.Length > 0)
        {
            pool.Return(_ring);
        }

        _ring = [];
        _from = _to = 0;
        Count = 0;
    }

    private void MakeRoom(int bytes)
    {
        if (Bytes + bytes <= _ring.Length)
        {
            return;
        }

        byte[] old = _ring;
        byte[] larger = pool.Rent(Bytes + bytes);
        int held = Bytes;
        CopyOut(_from, larger.AsSpan(0, held));
        (_ring, _from, _to) = (larger, 0, (ulong)held);
        if (old.Length > 0)
        {
            pool.Return(old);
        }
    }

    private void CopyIn(ReadOnlySpan<byte> data)
    {
        int at = (int)(_to & (ulong)(_ring.Length - 1));
        int first = Math.Min(data.Length, _ring.Length - at);
        data[..first].CopyTo(_ring.AsSpan(at));
        data[first..].CopyTo(_ring);
        _to += (ulong)data.Length;
    }

    private void CopyOut(ulong from, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        int at = (int)(from & (ulong)(_ring.Length - 1));
        int first = Math.Min(destination.Length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(destination);
        _ring.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }
}
