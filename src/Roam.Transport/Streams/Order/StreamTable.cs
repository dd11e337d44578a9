using System.Numerics;

namespace Roam.Transport;

/// <summary>Streams by their id. The chains go through the streams themselves: nothing is allocated, but for the table when it grows.</summary>
internal sealed class StreamTable
{
    private const int BucketsAtFirst = 16;

    /// <summary>2^64 divided by the golden ratio (Knuth, volume 3, section 6.4): ids that follow each other spread over the table.</summary>
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private ByteStream?[] _buckets = new ByteStream?[BucketsAtFirst];

    /// <summary>Frames of one stream mostly come in a row.</summary>
    private ByteStream? _lastFound;

    internal int Count { get; private set; }

    internal ByteStream? Find(ulong id)
    {
        if (_lastFound is { } last && last.Id == id)
        {
            return last;
        }

        ByteStream? stream = _buckets[BucketOf(id)];
        while (stream != null && stream.Id != id)
        {
            stream = stream.NextInBucket;
        }

        _lastFound = stream ?? _lastFound;
        return stream;
    }

    internal void Add(ByteStream stream)
    {
        if (Count == _buckets.Length)
        {
            Grow();
        }

        Link(stream);
        Count++;
    }

    internal void Remove(ByteStream stream)
    {
        ref ByteStream? at = ref _buckets[BucketOf(stream.Id)];
        if (ReferenceEquals(at, stream))
        {
            at = stream.NextInBucket;
        }
        else
        {
            ByteStream before = at!;
            while (!ReferenceEquals(before.NextInBucket, stream))
            {
                before = before.NextInBucket!;
            }

            before.NextInBucket = stream.NextInBucket;
        }

        stream.NextInBucket = null;
        _lastFound = ReferenceEquals(_lastFound, stream) ? null : _lastFound;
        Count--;
    }

    private void Link(ByteStream stream)
    {
        ref ByteStream? bucket = ref _buckets[BucketOf(stream.Id)];
        stream.NextInBucket = bucket;
        bucket = stream;
    }

    private void Grow()
    {
        ByteStream?[] old = _buckets;
        _buckets = new ByteStream?[old.Length * 2];
        foreach (ByteStream? first in old)
        {
            for (ByteStream? stream = first; stream != null;)
            {
                ByteStream? next = stream.NextInBucket;
                Link(stream);
                stream = next;
            }
        }
    }

    private int BucketOf(ulong id) => (int)((id * Spread) >> (64 - BitOperations.Log2((uint)_buckets.Length)));
}
