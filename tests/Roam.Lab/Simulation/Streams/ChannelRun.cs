using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// One run from a seed: two ends open, write, read, finish, stop, refuse and reset streams of all kinds at random, over a path that loses, repeats and reorders. Then the path heals and both
/// come to an end: what was written to its end must have been read, nothing may be left, and honest ends never refuse each other's frames.
/// </summary>
internal sealed class ChannelRun
{
    private const int Turns = 1500;
    private const int EndingTurnsMax = 60_000;
    private const int TurnMicros = 2000;
    private const int OverheadBytes = 66;

    private readonly SimRandom _random;
    private readonly ChannelEnd _client;
    private readonly ChannelEnd _server;
    private readonly PriorityQueue<(ChannelEnd To, ulong Number, byte[] Frames), long> _path = new();
    private readonly byte[] _buffer = new byte[1500];
    private readonly int _loss;
    private readonly int _again;
    private readonly int _jitterMicros;
    private Instant _now = new(1_000_000);

    private ChannelRun(ulong seed)
    {
        _random = new SimRandom(seed);
        _client = new ChannelEnd(Side.Client, _random.Fork());
        _server = new ChannelEnd(Side.Server, _random.Fork());
        _loss = _random.Chance(300) ? 0 : _random.Below(300);
        _again = _random.Below(100);
        _jitterMicros = _random.Chance(500) ? 1 : _random.Between(1, 100_000);
    }

    /// <summary>Null: all was well.</summary>
    public static string? Run(ulong seed)
    {
        ChannelRun run = new(seed);
        try
        {
            run.Run();
            return null;
        }
        catch (InvariantViolation violation)
        {
            return $"{violation.Message}\n  client: {run._client.Unfinished()}\n  server: {run._server.Unfinished()}";
        }
    }

    private void Run()
    {
        for (int i = 0; i < Turns; i++)
        {
            Turn(isHealed: false);
        }

        _client.IsEnding = _server.IsEnding = true;
        for (int i = 0; _client.Streams.OpenCount + _server.Streams.OpenCount > 0; i++)
        {
            Turn(isHealed: true);
            Check(i < EndingTurnsMax, "the streams do not end");
        }

        // The last events of streams that are gone.
        _client.Act(_now);
        _server.Act(_now);
        Compare(_client, _server);
        Compare(_server, _client);
    }

    private void Turn(bool isHealed)
    {
        _now = _now.PlusMicros(TurnMicros);
        while (_path.TryPeek(out (ChannelEnd To, ulong Number, byte[] Frames) datagram, out long at) && at <= _now.Micros)
        {
            _path.Dequeue();
            ulong sent = (datagram.To == _client ? _client : _server).NextNumber;
            datagram.To.Streams.TakeDatagram(_now, datagram.Number, datagram.Frames, sent);
        }

        Turn(_client, _server, isHealed);
        Turn(_server, _client, isHealed);
    }

    private void Turn(ChannelEnd end, ChannelEnd peer, bool isHealed)
    {
        if (end.Streams.NextTimeout <= _now)
        {
            end.Streams.HandleTimeout(_now);
        }

        if (isHealed || _random.Chance(200))
        {
            end.Act(_now);
        }

        for (int length; (length = end.Streams.WriteDatagram(_now, end.NextNumber, _buffer.AsSpan(0, 1200), OverheadBytes)) > 0;)
        {
            ulong number = end.NextNumber++;
            if (isHealed || !_random.Chance(_loss))
            {
                Send(peer, number, length);
            }

            if (_random.Chance(_again))
            {
                Send(peer, number, length);
            }
        }

        StreamCounters counters = end.Streams.Counters;
        Check(counters is { RefusedFrames: 0, MalformedFrames: 0, UnknownFrames: 0 }, "an honest frame was refused");
        Check(end.Streams.BytesHeld <= StreamLimits.BytesHeldMax, "too much memory");
    }

    private void Send(ChannelEnd to, ulong number, int length) =>
        _path.Enqueue((to, number, _buffer.AsSpan(0, length).ToArray()), _now.Micros + 10_000 + _random.Below(_jitterMicros));

    private static void Compare(ChannelEnd writer, ChannelEnd reader)
    {
        foreach ((ulong id, ChannelState written) in writer.States)
        {
            if (!reader.States.TryGetValue(id, out ChannelState? read))
            {
                Check(written.IsCut, $"stream {id} was never seen");
            }
            else if (!written.IsCut && !read.IsCut)
            {
                Check(read.IsPeerFinished && read.Read == written.Written, $"stream {id}: {read.Read} of {written.Written} bytes, finished {read.IsPeerFinished}");
            }
        }
    }

    private static void Check(bool condition, string text)
    {
        if (!condition)
        {
            throw new InvariantViolation("channels", text);
        }
    }
}
