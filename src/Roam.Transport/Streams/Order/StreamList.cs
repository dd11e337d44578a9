namespace Roam.Transport;

/// <summary>Streams in the order in which they came. The links are in the streams, so nothing is allocated and nothing is searched.</summary>
internal sealed class StreamList(StreamSlot slot)
{
    private readonly int _slot = (int)slot;
    private ByteStream? _last;

    internal ByteStream? First { get; private set; }

    internal int Count { get; private set; }

    internal ByteStream? After(ByteStream stream) => stream.Links[_slot].Next;

    internal bool Contains(ByteStream stream) => ReferenceEquals(stream.Links[_slot].List, this);

    /// <summary>Puts it at the end, out of another list of the kind if it is in one. One that is here keeps its place.</summary>
    internal void Put(ByteStream stream)
    {
        ref StreamLink link = ref stream.Links[_slot];
        if (ReferenceEquals(link.List, this))
        {
            return;
        }

        link.List?.Remove(stream);
        Append(stream, ref link);
    }

    internal void Put(ByteStream stream, bool isWanted)
    {
        if (isWanted)
        {
            Put(stream);
        }
        else
        {
            Remove(stream);
        }
    }

    internal void Remove(ByteStream stream)
    {
        ref StreamLink link = ref stream.Links[_slot];
        if (!ReferenceEquals(link.List, this))
        {
            return;
        }

        if (link.Previous is { } previous)
        {
            previous.Links[_slot].Next = link.Next;
        }
        else
        {
            First = link.Next;
        }

        if (link.Next is { } next)
        {
            next.Links[_slot].Previous = link.Previous;
        }
        else
        {
            _last = link.Previous;
        }

        link = default;
        Count--;
    }

    /// <summary>Out of whichever list of the slot it is in.</summary>
    internal static void Leave(ByteStream stream, StreamSlot slot) => stream.Links[(int)slot].List?.Remove(stream);

    internal void MoveToEnd(ByteStream stream)
    {
        if (Contains(stream) && !ReferenceEquals(_last, stream))
        {
            Remove(stream);
            Append(stream, ref stream.Links[_slot]);
        }
    }

    private void Append(ByteStream stream, ref StreamLink link)
    {
        (link.List, link.Previous, link.Next) = (this, _last, null);
        if (_last is { } last)
        {
            last.Links[_slot].Next = stream;
        }
        else
        {
            First = stream;
        }

        _last = stream;
        Count++;
    }
}
