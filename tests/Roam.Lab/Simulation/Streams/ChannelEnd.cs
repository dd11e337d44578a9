using Roam.Transport;

namespace Roam.Lab;

/// <summary>One end that does whatever the layer above may do, at random, and checks every byte that it reads.</summary>
internal sealed class ChannelEnd(Side side, SimRandom random)
{
    private const int StreamsMax = 60;

    private readonly byte[] _bytes = new byte[128 * 1024];
    private readonly byte[] _expected = new byte[128 * 1024];

    public StreamSet Streams { get; } = new(side, new DelayController());

    public Dictionary<ulong, ChannelState> States { get; } = [];

    public bool IsEnding { get; set; }

    public ulong NextNumber { get; set; } = 1;

    public long DatagramsRead { get; private set; }

    public void Act(Instant now)
    {
        if (!IsEnding && States.Values.Count(s => !s.IsOver) < StreamsMax && random.Chance(300))
        {
            StreamKind kind = (StreamKind)random.Between(1, 10);
            if (Streams.TryOpen(now, kind, [(byte)kind], out ulong id))
            {
                States[id] = new ChannelState();
            }
        }

        foreach ((ulong id, ChannelState state) in States)
        {
            if (!state.IsOver)
            {
                Act(id, state);
            }
        }

        Poll();
    }

    public string Unfinished() => $"{string.Join("\n    ", States.Keys.Select(Streams.Describe).Where(d => d.Length > 0))}\n    {Streams.Congestion}";

    private void Act(ulong id, ChannelState state)
    {
        int choice = IsEnding ? 50 : random.Below(1000);
        if (choice < 50)
        {
            Write(id, state, random.SmallBelow(_bytes.Length));
        }
        else if (choice < 150)
        {
            Read(id, state, IsEnding ? int.MaxValue : random.SmallBelow(_bytes.Length));
        }
        else if (choice < 160)
        {
            Finish(id, state);
        }
        else if (choice is 160)
        {
            Streams.Reset(id, 7);
            state.IsCut = state.IsOver = true;
        }
        else if (choice is 161)
        {
            Streams.Stop(id, 3);
            state.IsCut = true;
        }
        else if (choice < 170)
        {
            Streams.TrySendDatagram(id, _bytes.AsSpan(0, random.Below(600)));
        }
        else if (choice is 170 && (id & 1) != (side == Side.Server ? 1u : 0u))
        {
            Streams.Refuse(id, StreamRefusal.Failed, "It cannot be.");
            state.IsCut = state.IsOver = true;
        }

        if (IsEnding)
        {
            Streams.Accept(id);
            Finish(id, state);
        }
    }

    private void Finish(ulong id, ChannelState state)
    {
        if (!state.IsFinished)
        {
            Streams.Finish(id);
            state.IsFinished = true;
        }
    }

    private void Write(ulong id, ChannelState state, int count)
    {
        Span<byte> bytes = _bytes.AsSpan(0, count);
        StreamContent.Fill(KeyOf(id, side), state.Written, bytes);
        int room = Streams.WriteRoom(id);
        int taken = Streams.Write(id, bytes);
        Check(taken == Math.Min(count, room) && (taken == 0 || !state.IsFinished), "a write took what it should not");
        state.Written += taken;
    }

    private void Read(ulong id, ChannelState state, int most)
    {
        ReadOnlySpan<byte> bytes = Streams.Peek(id);
        bytes = bytes[..Math.Min(Math.Min(bytes.Length, _expected.Length), most)];
        Span<byte> expected = _expected.AsSpan(0, bytes.Length);
        StreamContent.Fill(KeyOf(id, side == Side.Server ? Side.Client : Side.Server), state.Read, expected);
        Check(bytes.SequenceEqual(expected), $"stream {id}: wrong bytes near {state.Read}");
        state.Read += bytes.Length;
        Streams.Consume(id, bytes.Length);
        while (Streams.TryTakeDatagram(id, _expected, out _))
        {
            DatagramsRead++;
        }
    }

    private void Poll()
    {
        while (Streams.PollEvent(out StreamEvent e) || Streams.PollChannelEvent(out e))
        {
            if (e.Event == StreamEventKind.Opened)
            {
                Check(Streams.TargetOf(e.Id) is [byte kind] && kind == (byte)e.Kind, "a wrong target");
                States[e.Id] = new ChannelState();
                if (e.Kind < StreamKind.Connect || random.Chance(900))
                {
                    Streams.Accept(e.Id);
                }

                continue;
            }

            Take(e, States[e.Id]);
        }
    }

    private void Take(StreamEvent e, ChannelState state)
    {
        switch (e.Event)
        {
            case StreamEventKind.Finished:
                state.IsPeerFinished = true;
                break;
            case StreamEventKind.Reset:
                state.IsCut = state.IsOver = true;
                break;
            case StreamEventKind.Refused:
                Check(Streams.RefusalOf(e.Id, out string text) == StreamRefusal.Failed && text == "It cannot be.", "a wrong refusal");
                state.IsCut = state.IsOver = true;
                break;
            case StreamEventKind.Stopped:
                state.IsCut = true;
                break;
        }
    }

    private static ulong KeyOf(ulong id, Side writer) => (id * 2) + (writer == Side.Server ? 1u : 0u);

    private static void Check(bool condition, string text)
    {
        if (!condition)
        {
            throw new InvariantViolation("channels", text);
        }
    }
}
