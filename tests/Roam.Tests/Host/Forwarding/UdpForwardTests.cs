using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Both ends of -L udp: with a service that answers what it is told, and the port it was told from.</summary>
public sealed class UdpForwardTests : IDisposable
{
    private readonly ChannelPair _pair = new();
    private readonly Socket _service = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<string> _refusals = [];
    private readonly List<Socket> _programs = [];
    private readonly ForwardCore _core;

    public UdpForwardTests()
    {
        _service.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _core = new ForwardCore(_pair.Server.Hub);
    }

    private string Target => $"udp:127.0.0.1:{((IPEndPoint)_service.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture)}";

    [Fact]
    public void Each_program_gets_its_own_answers()
    {
        Serve(new OpenPolicy());
        using UdpForward forward = Listen(Target);
        Socket one = Program(forward);
        Socket two = Program(forward);
        one.Send("one"u8);
        two.Send("two"u8);
        _pair.Until(() => Serve() && one.Available > 0 && two.Available > 0);
        Assert.Equal("ONE", Read(one));
        Assert.Equal("TWO", Read(two));
        Assert.Equal(2, forward.FlowCount);
        Assert.Empty(_refusals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1200)]
    [InlineData(9000)]
    [InlineData(40_000)]
    public void Datagrams_keep_their_ends(int length)
    {
        Serve(new OpenPolicy());
        using UdpForward forward = Listen(Target);
        Socket program = Program(forward);
        byte[] text = [.. Enumerable.Repeat((byte)'x', length)];
        program.Send(text);
        program.Send("end"u8);
        List<int> lengths = [];
        _pair.Until(() =>
        {
            while (_service.Poll(0, SelectMode.SelectRead))
            {
                lengths.Add(_service.Receive(new byte[65536]));
            }

            return lengths.Count == 2;
        });
        Assert.Equal([length, 3], lengths);
    }

    [Fact]
    public void One_that_is_silent_for_two_minutes_is_forgotten_at_both_ends_and_may_come_again()
    {
        UdpServer server = Serve(new OpenPolicy());
        using UdpForward forward = Listen(Target);
        Socket program = Program(forward);
        program.Send("a"u8);
        _pair.Until(() => Serve() && program.Available > 0);
        Read(program);
        _pair.Turn(UdpForward.IdleMillis - 1000);
        Assert.Equal(1, forward.FlowCount);
        _pair.Turn(2000);
        Assert.Equal(0, forward.FlowCount);
        _pair.Until(() => server.FlowCount == 0);
        program.Send("b"u8);
        _pair.Until(() => Serve() && program.Available > 0);
        Assert.Equal("B", Read(program));
    }

    [Fact]
    public void What_is_forbidden_is_refused_with_the_rule_and_not_asked_for_again_at_once()
    {
        Serve(ServerPolicy.Load("udp", "/nonexistent", null));
        using UdpForward forward = Listen(Target);
        Socket program = Program(forward);
        program.Send("a"u8);
        _pair.Until(() => _refusals.Count == 1);
        Assert.StartsWith("forbidden by the server's --forbid on ", _refusals[0], StringComparison.Ordinal);
        Assert.Equal(0, forward.FlowCount);
        program.Send("b"u8);
        for (int i = 0; i < 100; i++)
        {
            _pair.Turn();
        }

        Assert.Single(_refusals);
        _pair.Turn(UdpForward.RefusedMillis);
        program.Send("c"u8);
        _pair.Until(() => _refusals.Count == 2);
        Assert.False(_service.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public void Programs_beyond_the_limit_lose_their_datagrams()
    {
        Serve(new OpenPolicy());
        using UdpForward forward = Listen(Target);
        int most = UdpForward.FlowsMax;
        for (int i = 0; i < most + 5; i++)
        {
            Program(forward).Send("x"u8);
            _pair.Turn();
        }

        for (int i = 0; i < 50; i++)
        {
            _pair.Turn();
        }

        Assert.Equal(most, forward.FlowCount);
    }

    [Theory]
    [InlineData("udp:127.0.0.1")]
    [InlineData("udp:127.0.0.1:0")]
    [InlineData("udp:127.0.0.1:99999")]
    [InlineData("tcp:127.0.0.1:53")]
    [InlineData("unix:/run/x")]
    [InlineData("")]
    public void A_target_that_is_none_is_refused(string target)
    {
        UdpServer server = Serve(new OpenPolicy());
        Assert.True(_pair.Client.Streams.TryOpen(_pair.Now, StreamKind.Udp, Encoding.UTF8.GetBytes(target), out ulong id));
        _pair.Until(() => _pair.Client.Streams.PollChannelEvent(out StreamEvent e) && e.Event == StreamEventKind.Refused);
        Assert.Equal(0, server.FlowCount);
        Assert.False(_pair.Client.Streams.IsOpen(id));
    }

    [Fact]
    public void A_peer_that_sends_no_records_is_reset()
    {
        UdpServer server = Serve(new OpenPolicy());
        Assert.True(_pair.Client.Streams.TryOpen(_pair.Now, StreamKind.Udp, Encoding.UTF8.GetBytes(Target), out ulong id));
        _pair.Until(() => server.FlowCount == 1);
        _pair.Client.Streams.Write(id, [0xFF, 0xFF, 1]);
        _pair.Until(() => server.FlowCount == 0);
        _pair.Until(() => !_pair.Client.Streams.IsOpen(id));
    }

    public void Dispose()
    {
        _programs.ForEach(p => p.Dispose());
        _service.Dispose();
        _core.Dispose();
        _pair.Dispose();
    }

    private UdpServer Serve(IForwardPolicy policy)
    {
        UdpServer server = new(_core, policy);
        _pair.Server.Hub.Serve(StreamKind.Udp, server);
        return server;
    }

    private UdpForward Listen(string target)
    {
        UdpForward forward = new(_pair.Client.Hub, target, (_, text) => _refusals.Add(text));
        Assert.True(AddressLookup.TryResolve("127.0.0.1", 0, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> loopback, out _));
        Assert.Equal(0, forward.TryBind(loopback[0], 0));
        return forward;
    }

    private Socket Program(UdpForward forward)
    {
        Socket program = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        program.Connect(IPAddress.Loopback, forward.Port);
        _programs.Add(program);
        return program;
    }

    /// <summary>The service's turn.</summary>
    private bool Serve()
    {
        byte[] buffer = new byte[65536];
        while (_service.Poll(0, SelectMode.SelectRead))
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int length = _service.ReceiveFrom(buffer, ref from);
            _service.SendTo(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(buffer, 0, length).ToUpperInvariant()), from);
        }

        return true;
    }

    private static string Read(Socket socket)
    {
        byte[] buffer = new byte[65536];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
