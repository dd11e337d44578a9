using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class StreamAllocationTests
{
    private readonly byte[] _buffer = new byte[1500];
    private readonly byte[] _content = new byte[5000];
    private Instant _now = new(1_000_000);

    [Fact]
    public void A_running_stream_allocates_nothing_though_datagrams_are_lost()
    {
        StreamSet writer = new(Side.Server, new DelayController());
        StreamSet reader = new(Side.Client, new DelayController());
        Assert.True(writer.TryOpen(_now, StreamKind.History, [1], out ulong id));
        Run(writer, reader, id, 5000);
        long read = 0;
        Allocation.AssertNone(() => read += Run(writer, reader, id, 5000));
        Assert.True(read > 1_000_000);
        Assert.True(writer.Counters.DatagramsLost > 50);
    }

    private long Run(StreamSet writer, StreamSet reader, ulong id, int steps)
    {
        ulong toReader = (ulong)_now.Micros;
        ulong toWriter = toReader;
        long read = 0;
        for (int step = 0; step < steps; step++)
        {
            _now = _now.PlusMillis(5);
            writer.Write(id, _content);
            for (int length; (length = writer.WriteDatagram(_now, toReader++, _buffer.AsSpan(0, 1200), 66)) > 0;)
            {
                if (toReader % 50 != 7)
                {
                    reader.TakeDatagram(_now, toReader - 1, _buffer.AsSpan(0, length), toWriter);
                }
            }

            while (reader.PollEvent(out _))
            {
            }

            int readable = reader.Peek(id).Length;
            reader.Consume(id, readable);
            read += readable;
            for (int length; (length = reader.WriteDatagram(_now, toWriter++, _buffer.AsSpan(0, 1200), 66)) > 0;)
            {
                writer.TakeDatagram(_now, toWriter - 1, _buffer.AsSpan(0, length), toReader);
            }

            Wake(writer);
            Wake(reader);
        }

        return read;
    }

    private void Wake(StreamSet streams)
    {
        if (streams.NextTimeout <= _now)
        {
            streams.HandleTimeout(_now);
        }
    }
}
