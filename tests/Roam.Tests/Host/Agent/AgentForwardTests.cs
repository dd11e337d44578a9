using System.Net.Sockets;
using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Both ends of agent forwarding with an agent that answers in capitals.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class AgentForwardTests : IDisposable
{
    private readonly ChannelPair _pair = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("roam-agent-").FullName;
    private readonly Socket _agent = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public AgentForwardTests()
    {
        _agent.Bind(new UnixDomainSocketEndPoint(AgentPath));
        _agent.Listen();
    }

    private string AgentPath => _folder + "/the-agent";

    [Fact]
    public void What_a_program_asks_is_answered_by_the_users_agent()
    {
        _pair.Client.Hub.Serve(StreamKind.Agent, new AgentServer(_pair.Client.Hub, AgentPath));
        using AgentListener listener = Listen();
        using Socket program = Ask(listener, "keys?");
        _pair.Until(() => _agent.Poll(0, SelectMode.SelectRead));
        using Socket asked = _agent.Accept();
        _pair.Until(() => asked.Available == 5);
        Assert.Equal("keys?", Read(asked));
        asked.Send("two"u8);
        _pair.Until(() => program.Available == 3);
        Assert.Equal("two", Read(program));
        program.Close();
        _pair.Until(() => asked.Poll(0, SelectMode.SelectRead));
        Assert.Equal("", Read(asked));
    }

    [Fact]
    public void A_client_that_lends_no_agent_touches_none_and_the_program_sees_the_end()
    {
        _pair.Client.Hub.Serve(StreamKind.Agent, new AgentServer(_pair.Client.Hub, null));
        using AgentListener listener = Listen();
        using Socket program = Ask(listener, "keys?");
        _pair.Until(() => IsAtEnd(program));
        Assert.False(_agent.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public void An_agent_that_is_gone_is_an_end_as_well()
    {
        _pair.Client.Hub.Serve(StreamKind.Agent, new AgentServer(_pair.Client.Hub, _folder + "/none"));
        using AgentListener listener = Listen();
        using Socket program = Ask(listener, "keys?");
        _pair.Until(() => IsAtEnd(program));
    }

    [Fact]
    public void A_server_that_opens_many_gets_a_limited_number_of_connections()
    {
        _pair.Client.Hub.Serve(StreamKind.Agent, new AgentServer(_pair.Client.Hub, AgentPath));
        int refused = 0;
        int opened = 0;
        for (int i = 0; i < AgentServer.ConnectionsMax + 10; i++)
        {
            // The agent's own queue is short.
            while (_agent.Poll(0, SelectMode.SelectRead))
            {
                _accepted.Add(_agent.Accept());
            }

            Assert.True(_pair.Server.Streams.TryOpen(_pair.Now, StreamKind.Agent, default, out ulong id));
            opened++;
            _pair.Until(() => Answer(id, ref refused));
            if (refused > 0)
            {
                break;
            }
        }

        Assert.Equal(AgentServer.ConnectionsMax + 1, opened);
    }

    [Fact]
    public void The_socket_is_the_users_alone_and_goes_with_the_session()
    {
        AgentListener listener = Listen();
        Assert.Equal(_folder + "/private/7.agent", listener.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(listener.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder + "/private"));
        listener.Dispose();
        Assert.False(File.Exists(listener.Path));
    }

    [Fact]
    public void Without_a_place_for_it_there_is_a_reason()
    {
        Assert.Null(AgentListener.TryOpen(_pair.Server.Hub, null, "7", out string error));
        Assert.NotEqual("", error);
        Assert.Null(AgentListener.TryOpen(_pair.Server.Hub, _folder + "/" + new string('x', 100), "7", out error));
        Assert.StartsWith(_folder, error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _accepted.ForEach(s => s.Dispose());
        _agent.Dispose();
        _pair.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private readonly List<Socket> _accepted = [];

    private bool Answer(ulong id, ref int refused)
    {
        while (_pair.Server.Streams.PollChannelEvent(out StreamEvent e))
        {
            refused += e.Id == id && e.Event == StreamEventKind.Refused ? 1 : 0;
            if (e.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private AgentListener Listen()
    {
        AgentListener? listener = AgentListener.TryOpen(_pair.Server.Hub, _folder + "/private", "7", out string error);
        Assert.True(listener is not null, error);
        return listener;
    }

    private static Socket Ask(AgentListener listener, string question)
    {
        Socket program = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        program.Connect(new UnixDomainSocketEndPoint(listener.Path));
        program.Send(Encoding.UTF8.GetBytes(question));
        return program;
    }

    private static bool IsAtEnd(Socket program)
    {
        try
        {
            return program.Poll(0, SelectMode.SelectRead) && program.Receive(new byte[1]) == 0;
        }
        catch (SocketException)
        {
            // What was asked was not read: the system says so.
            return true;
        }
    }

    private static string Read(Socket socket)
    {
        byte[] buffer = new byte[100];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
