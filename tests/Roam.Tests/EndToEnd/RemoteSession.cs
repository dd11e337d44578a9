using System.Globalization;
using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>A session between two real programs, seen through a terminal window. The program in it is a plain bash unless another is asked for.</summary>
internal sealed partial class RemoteSession : IDisposable
{
    /// <summary>A prompt that no program prints by chance, made so that the line that sets it does not show it.</summary>
    public const string Prompt = "ready>";

    private static readonly string[] PlainShell = ["env", $"PS1={Prompt} ", "bash", "--norc", "--noprofile", "-i"];

    private readonly string _serverPidFile;

    private RemoteSession(TerminalWindow window, string serverPidFile)
    {
        Window = window;
        _serverPidFile = serverPidFile;
    }

    public TerminalWindow Window { get; }

    /// <summary>Known once the program has shown something.</summary>
    public int ServerPid => int.Parse(File.ReadAllText(_serverPidFile), CultureInfo.InvariantCulture);

    /// <summary>The client: what the wrapper has become.</summary>
    public int ClientPid { get; private set; }

    /// <param name="pair">Who speaks to whom.</param>
    /// <param name="command">What runs in the session; null: a plain shell, waited for until its prompt shows.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="serverEnvironment">NAME=VALUE for the server.</param>
    /// <param name="clientEnvironment">One more variable of the client.</param>
    /// <param name="underShell">The client runs under a shell that compares the terminal's modes before and after (its end is "modes: same" or "modes: changed").</param>
    public static RemoteSession Start(Pair pair, string[]? command = null, int width = 80, int height = 24, string[]? serverEnvironment = null, bool underShell = false, (string Name, string? Value) clientEnvironment = default)
    {
        string pidFile = Sandbox.NewFile("server.pid");
        string[] program = ["sh", "-c", $"echo $PPID >{pidFile}; exec \"$@\"", "sh", .. command ?? PlainShell];
        (string[] argv, string? key) = Client(pair, program, serverEnvironment ?? []);
        if (underShell)
        {
            argv = ["sh", "-c", "a=$(stty -g); \"$@\"; c=$?; b=$(stty -g); [ \"$a\" = \"$b\" ] && echo modes: same || echo modes: changed; echo code: $c; read x", "sh", .. argv];
        }

        TerminalWindow window = TerminalWindow.Open(argv, width, height, ("MOSH_KEY", key), ("LC_ALL", "C.UTF-8"), (clientEnvironment.Name ?? "ROAM_TEST", clientEnvironment.Value));
        RemoteSession session = new(window, pidFile) { ClientPid = window.Pid };
        if (command is null)
        {
            window.WaitForText(Prompt);
        }

        if (underShell)
        {
            session.ClientPid = Assert.Single(Processes.ChildrenOf(window.Pid));
        }

        return session;
    }

    /// <summary>Types a line and waits for its output, which must not be part of the line.</summary>
    public void Run(string line, string output)
    {
        Window.Type(line + "\r");
        Window.WaitForText(output);
    }

    public void Dispose()
    {
        int server = File.Exists(_serverPidFile) ? ServerPid : 0;
        Window.Dispose();
        if (server > 0 && Processes.IsAlive(server))
        {
            Processes.Signal(server, Processes.SIGKILL);
        }
    }

    /// <summary>Starts a server by hand. Answers port and key.</summary>
    /// <param name="server">The program.</param>
    /// <param name="program">What runs in the session.</param>
    /// <param name="environment">NAME=VALUE for the server.</param>
    /// <param name="bind">The address it binds; null: any.</param>
    /// <param name="prefix">Words before it: where it runs.</param>
    /// <param name="serverOptions">More of its own.</param>
    public static (int Port, string Key) StartServer(string server, string[] program, string[] environment, string? bind = "127.0.0.1", string[]? prefix = null, string[]? serverOptions = null)
    {
        string[] address = bind is null ? [] : ["-i", bind];
        (int code, string output, string error) = Programs.Run("env", [.. environment, .. prefix ?? [], server, "new", .. serverOptions ?? [], .. address, "-p", "0", "-c", "256", "--", .. program]);
        Match match = ConnectLine().Match(output);
        Assert.True(code == 0 && match.Success, $"{server}: code {code}\n{output}\n{error}");
        return (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value);
    }

    private static (string[] Argv, string? Key) Client(Pair pair, string[] program, string[] serverEnvironment)
    {
        bool ourServer = pair is not (Pair.StockServerOurClient or Pair.SshOurWrapperStockServer);
        string server = ourServer ? Programs.Link("mosh-server") : Programs.StockServer;
        if (pair is Pair.OurServerStockClient or Pair.StockServerOurClient or Pair.OurServerOurClient)
        {
            (int port, string key) = StartServer(server, program, serverEnvironment);
            string client = pair == Pair.OurServerStockClient ? Programs.StockClient : Programs.Link("mosh-client");
            return ([client, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], key);
        }

        string[] own = pair == Pair.SshOurWrapperOurServer ? [Programs.Roam] : [pair == Pair.SshStockWrapperOurServer ? Programs.StockMosh : Programs.Link("mosh")];
        string prefix = serverEnvironment.Length > 0 ? $"env {string.Join(' ', serverEnvironment)} " : "";
        return ([.. own, $"--ssh={SshServer.Instance.Command}", $"--server={prefix}{server}", "127.0.0.1", "--", .. program], null);
    }

    [GeneratedRegex(@"^MOSH CONNECT (\d+) (\S{22})$", RegexOptions.Multiline)]
    private static partial Regex ConnectLine();
}
