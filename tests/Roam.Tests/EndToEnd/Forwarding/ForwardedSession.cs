using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Roam.Cli;

namespace Roam.Tests.EndToEnd;

/// <summary>A session of a real client and a real server with forwards, over a NAT that can forget and block.</summary>
internal sealed class ForwardedSession : IDisposable
{
    private readonly string _pidFile = Sandbox.NewFile("server.pid");

    /// <param name="forwards">A letter and its words in turn: "L", "8080:localhost:80".</param>
    public ForwardedSession(params string[] forwards)
        : this(Programs.Link("mosh-server"), isStrict: false, forwards)
    {
    }

    public ForwardedSession(string server, bool isStrict, params string[] forwards)
    {
        (int port, string key) = RemoteSession.StartServer(server, ["sh", "-c", $"echo $PPID >{_pidFile}; echo ready; read line"], []);
        Gate = new RebindingNat(port);
        Window = TerminalWindow.Open(
            [Programs.Link("mosh-client"), "127.0.0.1", Gate.Port.ToString(CultureInfo.InvariantCulture)],
            environment: [("MOSH_KEY", key), (ClientSettings.ForwardsVariable, ShellWords.QuoteAll(forwards)), (ClientSettings.ForwardStrictVariable, isStrict ? "1" : null)]);
    }

    public RebindingNat Gate { get; }

    public TerminalWindow Window { get; }

    public int ClientPid => Window.Pid;

    public int ServerPid => int.Parse(File.ReadAllText(_pidFile), CultureInfo.InvariantCulture);

    /// <summary>The session is there.</summary>
    public ForwardedSession Ready()
    {
        Window.WaitForText("ready");
        return this;
    }

    /// <summary>The port that the far end chose, from the bar.</summary>
    public int AllocatedPort()
    {
        const string Said = "Allocated port ";
        Window.WaitForText(Said);
        string text = Window.Text;
        string rest = text[(text.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..];
        return int.Parse(rest.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public static Socket Connect(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = (int)Programs.Patience.TotalMilliseconds,
            SendTimeout = (int)Programs.Patience.TotalMilliseconds,
        };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    public void Dispose()
    {
        int server = File.Exists(_pidFile) ? ServerPid : 0;
        Window.Dispose();
        Gate.Dispose();
        if (server > 0 && Processes.IsAlive(server))
        {
            Processes.Signal(server, Processes.SIGKILL);
        }
    }
}
