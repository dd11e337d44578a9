using System.Net;
using System.Net.Sockets;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Two pumps with a stream between them, and real sockets at both ends.</summary>
public sealed class StreamPumpTests : IDisposable, IStreamServer
{
    private readonly ChannelPair _pair = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<StreamPumpEnd> _ends = [];
    private Socket _near = null!;
    private Socket _far = null!;
    private readonly Recorder _held = new();
    private int _servedFd;
    private bool _isHeld;
    private ulong _heldId;

    public StreamPumpTests()
    {
        _listener.Start();
        _pair.Server.Hub.Serve(StreamKind.Connect, this);
    }

    [Fact]
    public void Bytes_go_both_ways_and_each_end_is_told_by_itself()
    {
        Connect();
        _near.Send("hello"u8);
        Assert.Equal("hello", Receive(_far, 5));
        _near.Shutdown(SocketShutdown.Send);
        _pair.Until(() => _far.Poll(0, SelectMode.SelectRead) && _far.Available == 0);
        Assert.Equal(0, _far.Receive(new byte[1]));
        _far.Send("still here"u8);
        Assert.Equal("still here", Receive(_near, 10));
        _far.Shutdown(SocketShutdown.Send);
        _pair.Until(() => _ends.Count == 2);
        Assert.All(_ends, end => Assert.Equal(StreamPumpEnd.Finished, end));
        Assert.Equal(0, _near.Receive(new byte[1]));
        AssertNothingLeft();
    }

    [Fact]
    public void A_reset_is_a_reset_at_the_other_end()
    {
        Connect();
        _far.LingerState = new LingerOption(true, 0);
        _far.Close();
        _pair.Until(() => _ends.Count == 2);
        SocketException error = Assert.Throws<SocketException>(() => _near.Receive(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        Assert.Equal([StreamPumpEnd.Reset, StreamPumpEnd.Reset], _ends);
        AssertNothingLeft();
    }

    [Fact]
    public void A_reader_that_does_not_read_stops_the_writer_and_nothing_else()
    {
        Connect();
        _near.Blocking = false;
        int sent = 0;
        byte[] piece = new byte[65536];
        for (int idle = 0; idle < 200; idle++)
        {
            try
            {
                sent += _near.Send(piece);
                idle = 0;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                _pair.Turn();
            }
        }

        Assert.InRange(sent, 100_000, 64 * 1024 * 1024);
        _far.Send("the other way"u8);
        Assert.Equal("the other way", Receive(_near, 13));
        int received = 0;
        _near.Shutdown(SocketShutdown.Send);
        _pair.Until(() =>
        {
            while (_far.Poll(0, SelectMode.SelectRead))
            {
                int n = _far.Receive(piece);
                received += n;
                if (n == 0)
                {
                    return true;
                }
            }

            return false;
        });
        Assert.Equal(sent, received);
    }

    [Fact]
    public void A_kind_that_nobody_serves_is_refused()
    {
        Recorder recorder = new() { Streams = _pair.Client.Streams };
        Assert.True(_pair.Client.Hub.TryOpen(_pair.Now, StreamKind.Agent, [], recorder, out _));
        _pair.Until(() => recorder.Events.Count > 0);
        Assert.Equal([StreamEventKind.Refused], recorder.Events);
        Assert.Equal(StreamRefusal.Unserved, recorder.Refusal);
    }

    [Fact]
    public void A_file_is_read_though_epoll_does_not_take_it()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, new byte[500_000]);
        using Socket near = Pair(out Socket far);
        int file = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        File.Delete(path);
        Assert.True(_pair.Client.Hub.TryOpen(_pair.Now, StreamKind.Connect, "x"u8, new Recorder(), out ulong id));
        _servedFd = Detach(far);
        StreamPump.Start(_pair.Client.Hub, id, file, -1, Options());
        int received = 0;
        byte[] piece = new byte[65536];
        _pair.Until(() =>
        {
            while (near.Poll(0, SelectMode.SelectRead))
            {
                int n = near.Receive(piece);
                received += n;
                if (n == 0)
                {
                    return true;
                }
            }

            return false;
        });
        Assert.Equal(500_000, received);
    }

    [Fact]
    public void An_end_that_comes_before_the_connection_is_made_is_told_when_it_is()
    {
        _isHeld = true;
        Connect();
        _near.Send("a request"u8);
        _near.Shutdown(SocketShutdown.Send);
        _pair.Until(() => _held.Events.Contains(StreamEventKind.Finished));
        ServeHeld();
        Assert.Equal("a request", Receive(_far, 9));
        _pair.Until(() => _far.Poll(0, SelectMode.SelectRead));
        Assert.Equal(0, _far.Receive(new byte[1]));
        _far.Send("its answer"u8);
        Assert.Equal("its answer", Receive(_near, 10));
        _far.Shutdown(SocketShutdown.Send);
        _pair.Until(() => _ends.Count == 2);
        AssertNothingLeft();
    }

    [Fact]
    public void An_answer_to_a_request_that_is_not_read_to_its_end_arrives()
    {
        Connect();
        _near.Send(new byte[100_000]);
        _pair.Until(() => _far.Available > 0);
        _far.Send("too large"u8);
        _far.Close();
        Assert.Equal("too large", Receive(_near, 9));
        _near.Close();
        _pair.Until(() => _ends.Count == 2);
        AssertNothingLeft();
    }

    [Fact]
    public void A_descriptor_that_took_the_place_of_another_in_the_same_turn_is_not_called_for_it()
    {
        StreamHub hub = _pair.Client.Hub;
        using Socket first = Pair(out Socket firstEnd);
        using Socket second = Pair(out Socket secondEnd);
        int[] fds = [Detach(firstEnd), Detach(secondEnd)];
        int silent = Silent();
        List<int> called = [];
        Waiter later = new((_, fd) => called.Add(fd));
        Waiter swapping = new((owner, fd) =>
        {
            // Whichever is called first closes the other, and puts an idle pipe under its number.
            int other = fds[0] == fd ? fds[1] : fds[0];
            hub.Unwatch(fd);
            hub.Unwatch(other);
            _ = Libc.close(other);
            Assert.Equal(other, Libc.fcntl(silent, Libc.F_DUPFD_CLOEXEC, other));
            Assert.True(hub.Watch(other, later, read: true, write: false));
        });
        foreach (int fd in fds)
        {
            Assert.True(hub.Watch(fd, swapping, read: true, write: false));
        }

        first.Send("x"u8);
        second.Send("x"u8);
        Assert.True(SpinWait.SpinUntil(() => Readable(fds[0]) && Readable(fds[1]), TimeSpan.FromSeconds(30)));
        _pair.Turn();
        Assert.Equal(1, hub.WatchedCount);
        Assert.Empty(called);
    }

    void IStreamServer.Serve(Instant now, ulong id, StreamKind kind)
    {
        if (_isHeld)
        {
            _heldId = id;
            _pair.Server.Hub.Own(id, _held);
            return;
        }

        _pair.Server.Streams.Accept(id);
        StreamPump.Start(_pair.Server.Hub, id, _servedFd, _servedFd, Options());
    }

    public void Dispose()
    {
        _pair.Dispose();
        _listener.Stop();
        _near?.Dispose();
        _far?.Dispose();
    }

    private void ServeHeld()
    {
        _pair.Server.Streams.Accept(_heldId);
        StreamPump.Start(_pair.Server.Hub, _heldId, _servedFd, _servedFd, Options());
    }

    /// <summary>The end of a pipe that nobody writes into.</summary>
    private static unsafe int Silent()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, Libc.pipe2(ends, Libc.O_CLOEXEC));
        return ends[0];
    }

    private static unsafe bool Readable(int fd)
    {
        Libc.PollFd poll = new() { Fd = fd, Events = Libc.POLLIN };
        Libc.TimeSpec none = default;
        return Libc.ppoll(&poll, 1, &none, null) == 1;
    }

    private StreamPumpOptions Options() => new() { IsTcp = true, Ended = (_, end) => _ends.Add(end) };

    private void AssertNothingLeft()
    {
        _pair.Until(() => _pair.Client.Streams.OpenCount == 0 && _pair.Server.Streams.OpenCount == 0);
        Assert.Equal((0, 0), (_pair.Client.Hub.OwnedCount, _pair.Client.Hub.WatchedCount));
        Assert.Equal((0, 0), (_pair.Server.Hub.OwnedCount, _pair.Server.Hub.WatchedCount));
    }

    private void Connect()
    {
        _near = Pair(out Socket client);
        _far = Pair(out Socket server);
        _servedFd = Detach(server);
        Assert.True(_pair.Client.Hub.TryOpen(_pair.Now, StreamKind.Connect, "x"u8, new Recorder(), out ulong id));
        int fd = Detach(client);
        StreamPump.Start(_pair.Client.Hub, id, fd, fd, Options());
    }

    private Socket Pair(out Socket other)
    {
        Socket one = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        one.Connect(_listener.LocalEndpoint);
        other = _listener.AcceptSocket();
        return one;
    }

    /// <summary>The descriptor alone goes on.</summary>
    private static int Detach(Socket socket)
    {
        int fd = Libc.fcntl((int)socket.Handle, Libc.F_DUPFD_CLOEXEC, 3);
        socket.Dispose();
        return fd;
    }

    private string Receive(Socket socket, int bytes)
    {
        byte[] buffer = new byte[bytes];
        int have = 0;
        _pair.Until(() =>
        {
            while (have < bytes && socket.Poll(0, SelectMode.SelectRead))
            {
                have += socket.Receive(buffer, have, bytes - have, SocketFlags.None);
            }

            return have == bytes;
        });
        return System.Text.Encoding.ASCII.GetString(buffer);
    }

    private sealed class Recorder : IStreamOwner
    {
        public List<StreamEventKind> Events { get; } = [];

        public StreamSet? Streams { get; init; }

        public StreamRefusal Refusal { get; private set; }

        public void Take(Instant now, in StreamEvent e)
        {
            Events.Add(e.Event);
            Refusal = Streams?.RefusalOf(e.Id, out _) ?? StreamRefusal.Unknown;
        }
    }

    private sealed class Waiter(Action<Waiter, int> ready) : IDescriptorOwner
    {
        public void Ready(Instant now, int fd, bool readable, bool writable) => ready(this, fd);
    }
}
