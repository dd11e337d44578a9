namespace Roam.Transport;

/// <summary>Writes frames into one datagram. A frame that does not fit whole is not begun; STREAM is cut to what fits.</summary>
internal ref struct FrameWriter(Span<byte> destination)
{
    /// <summary>So much of a datagram may be acknowledgements: the shortest has room for the longest OPEN beside them.</summary>
    private const int AckBytesMax = 160;

    private readonly Span<byte> _destination = destination;

    internal int Length { get; private set; }

    internal readonly int Capacity => _destination.Length;

    internal readonly int Room => _destination.Length - Length;

    internal bool TryPing()
    {
        if (Room < 1)
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Ping;
        return true;
    }

    /// <summary>MAX_DATA, MAX_STREAMS.</summary>
    internal bool TryLimit(FrameType type, ulong limit)
    {
        if (Room < 1 + VarInt.LengthOf(limit))
        {
            return false;
        }

        _destination[Length++] = (byte)type;
        Put(limit);
        return true;
    }

    internal bool TryStop(ulong id, ulong reason)
    {
        if (Room < 1 + VarInt.LengthOf(id) + VarInt.LengthOf(reason))
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Stop;
        Put(id);
        Put(reason);
        return true;
    }

    internal bool TryOpened(ulong id)
    {
        if (Room < 1 + VarInt.LengthOf(id))
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Opened;
        Put(id);
        return true;
    }

    internal bool TryRefused(ulong id, ulong reason, ReadOnlySpan<byte> text)
    {
        if (Room < 1 + VarInt.LengthOf(id) + VarInt.LengthOf(reason) + VarInt.LengthOf((ulong)text.Length) + text.Length)
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Refused;
        Put(id);
        Put(reason);
        Put((ulong)text.Length);
        text.CopyTo(_destination[Length..]);
        Length += text.Length;
        return true;
    }

    internal bool TryStreamLimit(ulong id, ulong limit)
    {
        if (Room < 1 + VarInt.LengthOf(id) + VarInt.LengthOf(limit))
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.MaxStreamData;
        Put(id);
        Put(limit);
        return true;
    }

    internal bool TryReset(ulong id, ulong reason, ulong sentBytes)
    {
        if (Room < 1 + VarInt.LengthOf(id) + VarInt.LengthOf(reason) + VarInt.LengthOf(sentBytes))
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Reset;
        Put(id);
        Put(reason);
        Put(sentBytes);
        return true;
    }

    internal bool TryOpen(ulong id, StreamKind kind, ReadOnlySpan<byte> target)
    {
        if (Room < 1 + VarInt.LengthOf(id) + VarInt.LengthOf((ulong)kind) + VarInt.LengthOf((ulong)target.Length) + target.Length)
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Open;
        Put(id);
        Put((ulong)kind);
        Put((ulong)target.Length);
        target.CopyTo(_destination[Length..]);
        Length += target.Length;
        return true;
    }

    internal bool TryDatagram(ulong id, DatagramQueue queue)
    {
        int length = queue.NextLength;
        int header = DatagramHeaderBytes(id, length);
        if (Room < header + length)
        {
            return false;
        }

        _destination[Length++] = (byte)FrameType.Datagram;
        Put(id);
        Put((ulong)length);
        Length += queue.Take(_destination.Slice(Length, length));
        return true;
    }

    internal static int DatagramHeaderBytes(ulong id, int length) => 1 + VarInt.LengthOf(id) + VarInt.LengthOf((ulong)length);

    /// <summary>From the highest range down; the lowest are left out when there are too many or there is no room.</summary>
    internal bool TryAck(RangeSet received, ulong top, ulong delayMicros)
    {
        int index = received.IndexOf(top);
        if (index < 0)
        {
            return false;
        }

        ulong low = received.StartOf(index);
        int more = Math.Min(index, StreamLimits.AckRangesSent - 1);
        int fixedBytes = 1 + VarInt.LengthOf(top) + VarInt.LengthOf(delayMicros) + 1 + VarInt.LengthOf(top - low);
        if (Room < fixedBytes)
        {
            return false;
        }

        // The count comes before the ranges, so they are measured first; it is below 64, one byte.
        int room = Math.Min(Room, AckBytesMax) - fixedBytes;
        int count = 0;
        for (ulong above = low; count < more; count++)
        {
            int at = index - 1 - count;
            int bytes = VarInt.LengthOf(above - received.EndOf(at) - 1) + VarInt.LengthOf(received.EndOf(at) - 1 - received.StartOf(at));
            if (bytes > room)
            {
                break;
            }

            room -= bytes;
            above = received.StartOf(at);
        }

        _destination[Length++] = (byte)FrameType.Ack;
        Put(top);
        Put(delayMicros);
        Put((ulong)count);
        Put(top - low);
        for (int i = 0; i < count; i++)
        {
            int at = index - 1 - i;
            Put(low - received.EndOf(at) - 1);
            Put(received.EndOf(at) - 1 - received.StartOf(at));
            low = received.StartOf(at);
        }

        return true;
    }

    /// <summary>Where a STREAM frame's bytes go: as many as fit, none when not even the header does. <see cref="EndStream"/> must follow when any are put there, or it is the last.</summary>
    internal readonly Span<byte> StreamRoom(ulong id, ulong offset)
    {
        int header = StreamHeaderBytes(id, offset);
        return Room <= header ? default : _destination[(Length + header)..];
    }

    internal readonly bool HasStreamRoom(ulong id, ulong offset) => Room > StreamHeaderBytes(id, offset);

    /// <summary>Writes the header before the bytes that were put into <see cref="StreamRoom"/>. The length has two bytes always, so that the place of the bytes is known before it.</summary>
    internal void EndStream(ulong id, ulong offset, int length, bool isFinal)
    {
        int type = (int)FrameType.Stream | FrameReader.LengthBit | (offset == 0 ? 0 : FrameReader.OffsetBit) | (isFinal ? FrameReader.FinalBit : 0);
        _destination[Length++] = (byte)type;
        Put(id);
        if (offset != 0)
        {
            Put(offset);
        }

        _destination[Length++] = (byte)(0x40 | (length >> 8));
        _destination[Length++] = (byte)length;
        Length += length;
    }

    private static int StreamHeaderBytes(ulong id, ulong offset) => 1 + VarInt.LengthOf(id) + (offset == 0 ? 0 : VarInt.LengthOf(offset)) + 2;

    private void Put(ulong value) => Length += VarInt.Write(_destination[Length..], value);
}
