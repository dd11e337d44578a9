using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>OPENED, REFUSED and STOP between two ends whose path loses every third datagram.</summary>
public sealed class StreamAnswerTests
{
    private readonly StreamSet _client = new(Side.Client, new DelayController());
    private readonly StreamSet _server = new(Side.Server, new DelayController());
    private readonly byte[] _buffer = new byte[1500];
    private Instant _now = new(1_000_000);
    private ulong _up = 1;
    private ulong _down = 1;

    [Fact]
    public void A_stream_that_is_accepted_is_told_so_and_goes_on()
    {
        ulong id = Open("tcp:a:1");
        Assert.Equal("Opened", Next(_server));
        _server.Accept(id);
        _server.Write(id, "hello"u8);
        Assert.Equal("Accepted", Next(_client));
        Assert.Equal("Readable", Next(_client));
        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(_client.Peek(id)));
    }

    [Fact]
    public void One_that_was_accepted_and_ended_is_told_of_both_and_forgotten_at_both_ends()
    {
        ulong id = Open("tcp:a:1");
        Next(_server);
        _server.Accept(id);
        _server.Finish(id);
        _client.Finish(id);
        Assert.Equal("Accepted", Next(_client));
        Assert.Equal("Finished", Next(_client));
        Assert.Equal("Finished", Next(_server));
        RunUntilForgotten();
    }

    [Fact]
    public void One_that_is_refused_says_why_even_when_bytes_were_on_their_way()
    {
        ulong id = Open("tcp:a:1");
        _client.Write(id, new byte[5000]);
        Next(_server);
        _server.Refuse(id, StreamRefusal.Forbidden, "forbidden by the rules of that host");
        Assert.Equal("Refused", Next(_client));
        Assert.Equal(StreamRefusal.Forbidden, _client.RefusalOf(id, out string text));
        Assert.Equal("forbidden by the rules of that host", text);
        Assert.False(_client.IsOpen(id));
        Assert.Equal(0, _client.Write(id, [1]));
        RunUntilForgotten();
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_between_characters()
    {
        ulong id = Open("tcp:a:1");
        Next(_server);
        _server.Refuse(id, StreamRefusal.Failed, new string('a', 199) + "éé");
        Assert.Equal("Refused", Next(_client));
        _client.RefusalOf(id, out string text);
        Assert.Equal(new string('a', 199), text);
    }

    [Fact]
    public void A_reader_that_stops_gets_the_end_and_the_other_direction_goes_on()
    {
        ulong id = Open("tcp:a:1");
        Next(_server);
        _server.Accept(id);
        _server.Write(id, new byte[60_000]);
        Assert.Equal("Accepted", Next(_client));
        _client.Stop(id);
        Assert.Equal("Stopped", Next(_server));
        Assert.Equal(0, _server.Write(id, [1, 2, 3]));
        _client.Write(id, "still"u8);
        Assert.Equal("Readable", Next(_server));
        _server.Consume(id, _server.Peek(id).Length);
        _client.Finish(id);
        Assert.Equal("Finished", Next(_server));
        RunUntilForgotten();
    }

    [Fact]
    public void Stopping_gives_the_window_back()
    {
        for (int i = 0; i < 40; i++)
        {
            ulong id = Open("tcp:a:1");
            Next(_server);
            int written = 0;
            for (int step = 0; step < 40; step++)
            {
                written += _server.Write(id, new byte[60_000]);
                Step();
            }

            Assert.True(written > 60_000);
            _client.Reset(id);
            RunUntilForgotten();
        }
    }

    [Fact]
    public void Channels_and_the_session_s_own_streams_are_told_apart()
    {
        Assert.True(_client.TryOpen(_now, StreamKind.Connect, "tcp:a:1"u8, out _));
        Assert.True(_client.TryOpen(_now, StreamKind.History, [0], out ulong history));
        Step();
        Step();
        Step();
        Step();
        Assert.True(_server.PollEvent(out StreamEvent e));
        Assert.Equal(history, e.Id);
        Assert.False(_server.PollEvent(out _));
        Assert.True(_server.PollChannelEvent(out e));
        Assert.Equal(StreamKind.Connect, e.Kind);
    }

    private ulong Open(string target)
    {
        Assert.True(_client.TryOpen(_now, StreamKind.Connect, System.Text.Encoding.ASCII.GetBytes(target), out ulong id));
        return id;
    }

    private string Next(StreamSet end)
    {
        for (int i = 0; i < 5000; i++)
        {
            if (end.PollChannelEvent(out StreamEvent e))
            {
                return e.Event.ToString();
            }

            Step();
        }

        return "nothing";
    }

    private void RunUntilForgotten()
    {
        for (int i = 0; i < 10_000 && (_client.OpenCount > 0 || _server.OpenCount > 0); i++)
        {
            while (_client.PollChannelEvent(out _) || _server.PollChannelEvent(out _))
            {
            }

            Step();
        }

        Assert.Equal((0, 0), (_client.OpenCount, _server.OpenCount));
    }

    private void Step()
    {
        _now = _now.PlusMillis(5);
        Carry(_client, _server, ref _up, () => _down);
        Carry(_server, _client, ref _down, () => _up);
    }

    private void Carry(StreamSet from, StreamSet to, ref ulong number, Func<ulong> numbersSent)
    {
        if (from.NextTimeout <= _now)
        {
            from.HandleTimeout(_now);
        }

        for (int length; (length = from.WriteDatagram(_now, number++, _buffer.AsSpan(0, 1200), 66)) > 0;)
        {
            if (number % 3 != 0)
            {
                to.TakeDatagram(_now, number - 1, _buffer.AsSpan(0, length), numbersSent());
            }
        }
    }
}
