using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Whose bytes go first. Streams are open and answered, and the window lets everything go.</summary>
public sealed class StreamOrderTests
{
    private const int Much = 64 * 1024;
    private readonly StreamDuo _duo = new();
    private readonly byte[] _bytes = new byte[Much];

    [Fact]
    public void A_little_of_a_channel_goes_before_the_much_of_others()
    {
        (ulong bulk, ulong program, ulong history, ulong key) = (Open(StreamKind.Connect), Open(StreamKind.Program), Open(StreamKind.History), Open(StreamKind.Agent));
        Write(history, Much);
        Write(program, Much);
        Write(bulk, Much);
        Send(10);
        Assert.All(_duo.Frames, id => Assert.Equal(bulk, id));
        Write(key, 100);
        _duo.Frames.Clear();
        Send(1);
        Assert.Equal([key, bulk], _duo.Frames);
    }

    [Fact]
    public void A_program_without_a_terminal_is_sparse_while_it_says_little_and_a_file_when_it_says_much()
    {
        (ulong program, ulong bulk) = (Open(StreamKind.Program), Open(StreamKind.Connect));
        Write(bulk, Much);
        Write(program, 500);
        Send(1);
        Assert.Equal([program, bulk], _duo.Frames);
        Write(program, Much);
        _duo.Frames.Clear();
        Send(8);
        Assert.All(_duo.Frames, id => Assert.Equal(bulk, id));
    }

    [Fact]
    public void Streams_of_one_class_have_their_turn_one_after_the_other()
    {
        ulong[] ids = [Open(StreamKind.Connect), Open(StreamKind.Connect), Open(StreamKind.Agent)];
        Array.ForEach(ids, id => Write(id, Much));
        Send(30);
        int[] frames = [.. ids.Select(id => _duo.Frames.Count(f => f == id))];
        Assert.All(frames, n => Assert.InRange(n, frames.Max() - 2, frames.Max()));
    }

    [Fact]
    public void A_class_that_is_passed_over_gets_one_datagram_in_16()
    {
        (ulong history, ulong bulk) = (Open(StreamKind.History), Open(StreamKind.Connect));
        Write(history, Much);
        Write(bulk, Much);
        for (int i = 0; i < 4; i++)
        {
            Send(SendOrder.ShareDatagrams);
            _duo.Client.Write(bulk, _bytes);
        }

        Assert.Equal(4, _duo.Frames.Count(id => id == history));
    }

    [Fact]
    public void One_that_speaks_without_a_pause_is_not_sparse_for_long()
    {
        (ulong bulk, ulong chatty) = (Open(StreamKind.Connect), Open(StreamKind.Connect));
        Write(bulk, Much);
        Write(chatty, SendOrder.SparseBytesMax);
        for (int i = 0; i < 10; i++)
        {
            Send(1);
            Write(chatty, 1200);
        }

        Assert.InRange(_duo.Frames.Count(id => id == bulk), 3, 9);
    }

    private ulong Open(StreamKind kind)
    {
        ulong id = _duo.Open(kind);
        _duo.Run();
        _duo.Frames.Clear();
        return id;
    }

    private void Write(ulong id, int bytes) => Assert.Equal(bytes, _duo.Client.Write(id, _bytes.AsSpan(0, bytes)));

    private void Send(int datagrams)
    {
        for (int i = 0; i < datagrams; i++)
        {
            _duo.Now = _duo.Now.PlusMillis(1);
            Assert.True(_duo.SendOne() > 0);
        }
    }
}
