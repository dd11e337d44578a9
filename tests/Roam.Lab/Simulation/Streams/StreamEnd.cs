using Roam.Transport;

namespace Roam.Lab;

/// <summary>One connection with trivial states, which writes and reads streams and checks every byte.</summary>
internal sealed class StreamEnd
{
    private readonly byte[] _bytes = new byte[256 * 1024];

    public StreamEnd(Side side, SessionKey key, SimRandom random, Instant now, PeerAddress peer, bool usesStreams)
    {
        Side = side;
        Connection = new SspConnection<CountState, CountState>(
            side, key, Local, new CountState(), new RoamTiming(), random, new StoredDeflate(), now, peer)
        { UsesStreams = usesStreams };
    }

    public Side Side { get; }

    public CountState Local { get; } = new();

    public SspConnection<CountState, CountState> Connection { get; }

    public StreamSet Streams => Connection.Streams!;

    public Dictionary<ulong, StreamTransfer> Written { get; } = [];

    public Dictionary<ulong, StreamTransfer> Read { get; } = [];

    /// <summary>Called for each stream that the peer opens: how many bytes are written into it; negative: none, and it stays open.</summary>
    public Func<ulong, long> Serve { get; set; } = _ => -1;

    /// <summary>New streams' readers leave them alone.</summary>
    public bool StallsReaders { get; set; }

    public ulong Open(Instant now, StreamKind kind = StreamKind.History)
    {
        if (!Streams.TryOpen(now, kind, [0x07], out ulong id))
        {
            throw new InvariantViolation("streams", "a stream could not be opened");
        }

        Read[id] = new StreamTransfer { IsStalled = StallsReaders };
        return id;
    }

    /// <summary>Writes so many bytes into the stream as there is room, then ends it.</summary>
    public void Send(ulong id, long total, int chunkBytes = 16 * 1024)
    {
        Written[id] = new StreamTransfer { Total = total, ChunkBytes = chunkBytes };
        Write(id);
    }

    /// <summary>Reads and writes whatever there is.</summary>
    public void Pump()
    {
        if (Connection.Streams is not { } streams)
        {
            return;
        }

        while (streams.PollEvent(out StreamEvent e) || streams.PollChannelEvent(out e))
        {
            switch (e.Event)
            {
                case StreamEventKind.Opened:
                    Accept(e);
                    break;
                case StreamEventKind.Readable:
                    Take(e.Id);
                    break;
                case StreamEventKind.Finished:
                    Read[e.Id].IsFinished = true;
                    break;
                case StreamEventKind.Reset:
                    Read[e.Id].IsReset = true;
                    break;
                case StreamEventKind.Writable:
                    Write(e.Id);
                    break;
            }
        }
    }

    public void Take(ulong id)
    {
        StreamTransfer transfer = Read[id];
        if (transfer.IsStalled)
        {
            return;
        }

        while (Streams.Peek(id) is { IsEmpty: false } bytes)
        {
            TakePart(id, transfer, bytes[..Math.Min(bytes.Length, _bytes.Length)]);
        }
    }

    private void TakePart(ulong id, StreamTransfer transfer, ReadOnlySpan<byte> bytes)
    {
        Span<byte> expected = _bytes.AsSpan(0, bytes.Length);
        StreamContent.Fill(id, transfer.Bytes, expected);
        if (!bytes.SequenceEqual(expected))
        {
            throw new InvariantViolation("streams", $"stream {id}: wrong bytes near {transfer.Bytes}");
        }

        transfer.Bytes += bytes.Length;
        Streams.Consume(id, bytes.Length);
    }

    /// <summary>Ends a stream at once.</summary>
    public void GiveUp(ulong id)
    {
        Streams.Reset(id);
        Read[id].IsReset = true;
    }

    /// <summary>No reader leaves its bytes alone any more.</summary>
    public void ReadAll()
    {
        StallsReaders = false;
        foreach ((ulong id, StreamTransfer transfer) in Read)
        {
            transfer.IsStalled = false;
            Take(id);
        }
    }

    /// <summary>What is not over yet, for the text of a failure.</summary>
    public string Unfinished()
    {
        IEnumerable<string> read = Read.Where(r => !r.Value.IsFinished && !r.Value.IsReset)
            .Select(r => $"{r.Key} read {r.Value.Bytes} readable {Streams.Peek(r.Key).Length}{(r.Value.IsStalled ? " stalled" : "")}");
        IEnumerable<string> written = Written.Where(w => Streams.Unacknowledged(w.Key) > 0)
            .Select(w => $"{w.Key} written {w.Value.Bytes} unacknowledged {Streams.Unacknowledged(w.Key)}");
        return $"{Side}, {Streams.OpenCount} open: {string.Join(", ", read.Concat(written))}; {Streams.Congestion}";
    }

    private void Accept(StreamEvent e)
    {
        if (Streams.TargetOf(e.Id) is not [0x07])
        {
            throw new InvariantViolation("streams", $"stream {e.Id}: wrong target");
        }

        Read[e.Id] = new StreamTransfer { IsStalled = StallsReaders };
        if (e.Kind >= StreamKind.Connect)
        {
            Streams.Accept(e.Id);
        }

        long bytes = Serve(e.Id);
        if (bytes >= 0)
        {
            Send(e.Id, bytes);
        }
    }

    private void Write(ulong id)
    {
        StreamTransfer transfer = Written[id];
        while (transfer.Bytes < transfer.Total)
        {
            Span<byte> chunk = _bytes.AsSpan(0, (int)Math.Min(transfer.ChunkBytes, transfer.Total - transfer.Bytes));
            StreamContent.Fill(id, transfer.Bytes, chunk);
            int taken = Streams.Write(id, chunk);
            transfer.Bytes += taken;
            if (taken < chunk.Length)
            {
                return;
            }
        }

        Streams.Finish(id);
        transfer.IsFinished = true;
    }
}
