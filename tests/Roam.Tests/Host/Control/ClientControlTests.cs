using System.Net.Sockets;
using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>What `roam forward` and the escape key say to a running client.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ClientControlTests : IForwardings, IDisposable
{
    private readonly ChannelPair _pair = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("roam-control-").FullName;
    private readonly List<string> _told = [];
    private readonly List<ForwardCommand> _done = [];
    private readonly ClientControl _control;
    private IForwardAnswer _answer = new SettledAnswer(true, "one\ntwo");

    public ClientControlTests() => _control = new ClientControl(_pair.Client.Hub, this, _folder, "7", "roam box", _told.Add);

    [Fact]
    public void A_line_is_done_and_its_answer_said()
    {
        Assert.True(_control.IsListening);
        Assert.Equal("ok\none\ntwo\n", Ask("-L 8080:h:80\n"));
        Assert.Equal(new ForwardCommand(ForwardVerb.Add, 'L', "8080:h:80"), Assert.Single(_done));
        Assert.Equal("ok\nroam box\n", Ask("who\n"));
        Assert.StartsWith("error not understood: nonsense", Ask("nonsense\n"), StringComparison.Ordinal);
        Assert.Single(_done);
    }

    [Fact]
    public void An_answer_that_takes_a_round_trip_is_waited_for()
    {
        SlowAnswer slow = new();
        _answer = slow;
        using Socket asker = Connect();
        asker.Send("-R 9000:h:80\n"u8);
        for (int i = 0; i < 100; i++)
        {
            _pair.Turn();
        }

        Assert.Equal(0, asker.Available);
        (slow.IsGood, slow.Text) = (false, "forbidden");
        Assert.Equal("error forbidden\n", ReadAll(asker));
    }

    [Fact]
    public void A_server_that_is_away_is_not_waited_for_longer_than_ten_seconds()
    {
        _answer = new SlowAnswer { Text = "waits for the other end" };
        using Socket asker = Connect();
        asker.Send("-R 9000:h:80\n"u8);
        _pair.Until(() => _done.Count == 1);
        _pair.Turn(ClientControl.PatienceMillis);
        Assert.Equal("ok\nwaits for the other end\n", ReadAll(asker));
    }

    [Fact]
    public void A_typed_line_is_answered_in_the_bar_on_one_row()
    {
        _control.Type(_pair.Now, "list");
        Assert.Equal("one; two", Assert.Single(_told));
        SlowAnswer slow = new() { Text = "listens" };
        _answer = slow;
        _control.Type(_pair.Now, "-R 0:h:80");
        _pair.Turn();
        Assert.Single(_told);
        slow.IsGood = true;
        _pair.Until(() => _told.Count == 2);
        Assert.Equal("listens", _told[1]);
        _control.Type(_pair.Now, "?");
        Assert.Equal(ForwardCommand.Usage, _told[2]);
    }

    [Fact]
    public void A_line_without_an_end_and_connections_without_one_are_closed()
    {
        using Socket babbler = Connect();
        babbler.Send(new byte[ClientControlConnection.LineBytesMax + 10]);
        _pair.Until(() => IsClosed(babbler));
        List<Socket> silent = [.. Enumerable.Range(0, ClientControl.ConnectionsMax).Select(_ => Connect())];
        using Socket late = Connect();
        _pair.Until(() => IsClosed(late));
        silent.ForEach(s => s.Dispose());
        _pair.Turn();
        Assert.Equal("ok\none\ntwo\n", Ask("list\n"));
    }

    [Fact]
    public void The_socket_is_the_users_alone_and_goes_with_the_client()
    {
        string path = _folder + "/7.client";
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        _control.Dispose();
        Assert.False(File.Exists(path));
    }

    IForwardAnswer IForwardings.Do(Instant now, in ForwardCommand command)
    {
        _done.Add(command);
        return _answer;
    }

    public void Dispose()
    {
        _control.Dispose();
        _pair.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Ask(string line)
    {
        using Socket asker = Connect();
        asker.Send(Encoding.UTF8.GetBytes(line));
        return ReadAll(asker);
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_folder + "/7.client"));
        _pair.Turn();
        return socket;
    }

    private string ReadAll(Socket socket)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[1000];
        bool isOver = false;
        _pair.Until(() =>
        {
            while (!isOver && socket.Poll(0, SelectMode.SelectRead))
            {
                int length = socket.Receive(buffer);
                isOver = length == 0;
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
            }

            return isOver;
        });
        return text.ToString();
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private sealed class SlowAnswer : IForwardAnswer
    {
        public bool? IsGood { get; set; }

        public string Text { get; set; } = "";
    }
}
