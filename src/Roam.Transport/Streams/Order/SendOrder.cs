namespace Roam.Transport;

/// <summary>
/// Which stream the next bytes come from. Classes go in their order; within one each stream has its turn of a datagram's worth (deficit round robin). A stream is sparse as long as little
/// waits in it since it was empty, as the new flows of RFC 8290 (FQ-CoDel). A class that is passed over again and again leads one datagram in <see cref="ShareDatagrams"/>, so none starves.
/// </summary>
internal sealed class SendOrder
{
    internal const int Classes = 4;

    /// <summary>About two datagrams: with more waiting, or after so many bytes without a pause, a stream is not sparse.</summary>
    internal const int SparseBytesMax = 2400;

    /// <summary>After so many bytes it is another stream's turn.</summary>
    internal const int TurnBytesMax = 1200;

    /// <summary>What a class gets, however much waits in those above it.</summary>
    internal const int ShareDatagrams = 16;

    /// <summary>What may go whatever the connection's window says: lost bytes, ends, datagrams.</summary>
    private readonly StreamList[] _urgent = MakeLists();
    private readonly StreamList[] _fresh = MakeLists();
    private readonly int[] _passedOver = new int[Classes];
    private int _served;
    private int _leading = -1;
    private int _urgentCount;
    private int _freshCount;

    internal bool HasAny(bool hasCredit) => _urgentCount > 0 || (hasCredit && _freshCount > 0);

    /// <summary>How many streams wait.</summary>
    internal int Count => _urgentCount + _freshCount;

    internal StreamList Urgent(SendClass sendClass) => _urgent[(int)sendClass];

    internal StreamList Fresh(SendClass sendClass) => _fresh[(int)sendClass];

    internal static SendClass ClassOf(ByteStream stream)
    {
        if (stream.Kind < StreamKind.Connect)
        {
            return SendClass.Background;
        }

        if (stream.IsSparse && stream.DatagramBytesOut <= SparseBytesMax)
        {
            return SendClass.Sparse;
        }

        return stream.Kind is StreamKind.Program or StreamKind.ProgramErrors ? SendClass.Bulk : SendClass.Interactive;
    }

    /// <summary>Bytes were written. What waited before decides whether it is sparse.</summary>
    internal static void TakeWritten(ByteStream stream, bool wasEmpty)
    {
        if (wasEmpty)
        {
            (stream.IsSparse, stream.SparseBytesLeft) = (true, SparseBytesMax);
        }

        stream.IsSparse &= stream.Send.Unsent <= SparseBytesMax;
    }

    /// <summary>Puts the stream where it belongs now.</summary>
    internal void Place(ByteStream stream, bool mayGo)
    {
        bool isUrgent = mayGo && (stream.Send.HasUrgent || stream.DatagramBytesOut > 0);
        bool isFresh = mayGo && stream.Send.HasFresh;
        StreamList? from = stream.Links[(int)StreamSlot.Send].List;
        int sendClass = (int)ClassOf(stream);
        StreamList? to = isUrgent ? _urgent[sendClass] : isFresh ? _fresh[sendClass] : null;
        if (ReferenceEquals(from, to))
        {
            return;
        }

        Leave(stream);
        if (to != null)
        {
            to.Put(stream);
            _ = isUrgent ? _urgentCount++ : _freshCount++;
        }
    }

    internal void Leave(ByteStream stream)
    {
        if (stream.Links[(int)StreamSlot.Send].List is not { } list)
        {
            return;
        }

        list.Remove(stream);
        _ = Array.IndexOf(_urgent, list) >= 0 ? _urgentCount-- : _freshCount--;
    }

    /// <summary>A datagram begins.</summary>
    internal void Begin()
    {
        _served = 0;
        _leading = -1;
        for (int i = Classes - 1; i > 0 && _leading < 0; i--)
        {
            _leading = _passedOver[i] >= ShareDatagrams - 1 ? i : -1;
        }
    }

    /// <summary>The classes in the order in which they fill the datagram.</summary>
    internal SendClass ClassAt(int rank) => (SendClass)(_leading < 0 || rank > _leading ? rank : rank == 0 ? _leading : rank - 1);

    /// <summary>Bytes of a stream went into the datagram: its turn may be over.</summary>
    internal void TakeSent(ByteStream stream, SendClass sendClass, int bytes)
    {
        _served |= 1 << (int)sendClass;
        stream.SparseBytesLeft -= bytes;
        stream.IsSparse &= stream.SparseBytesLeft >= 0;
        stream.TurnBytes += bytes;
        if (stream.TurnBytes >= TurnBytesMax)
        {
            stream.TurnBytes = 0;
            stream.Links[(int)StreamSlot.Send].List?.MoveToEnd(stream);
        }
    }

    /// <summary>The datagram is full, or nothing more is there.</summary>
    internal void End(bool hasCredit)
    {
        for (int i = 0; i < Classes; i++)
        {
            bool waits = _urgent[i].Count > 0 || (hasCredit && _fresh[i].Count > 0);
            _passedOver[i] = waits && (_served & (1 << i)) == 0 ? _passedOver[i] + 1 : 0;
        }
    }

    private static StreamList[] MakeLists()
    {
        StreamList[] lists = new StreamList[Classes];
        for (int i = 0; i < Classes; i++)
        {
            lists[i] = new StreamList(StreamSlot.Send);
        }

        return lists;
    }
}
