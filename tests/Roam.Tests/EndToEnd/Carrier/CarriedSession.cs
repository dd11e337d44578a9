using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>A session on loopback whose UDP goes through a gate that can be closed, and whose client may start a real ssh to carry it.</summary>
internal sealed class CarriedSession : IDisposable
{
    private const string Prompt = RemoteSession.Prompt;

    private readonly string _pidFile = Sandbox.NewFile("server.pid");

    private CarriedSession(bool isBlocked, Func<CarriedSession, string> carryCommand, string transport)
    {
        string[] program = ["sh", "-c", $"echo $PPID >{_pidFile}; exec \"$@\"", "sh", "env", $"PS1={Prompt} ", "bash", "--norc", "--noprofile", "-i"];
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), program, []);
        Gate = new RebindingNat(port) { IsBlocked = isBlocked };
        Name = ServerOn(port).ToString(CultureInfo.InvariantCulture);
        Window = TerminalWindow.Open(
            [Programs.Roam, "client", "127.0.0.1", Gate.Port.ToString(CultureInfo.InvariantCulture)],
            100,
            24,
            ("MOSH_KEY", key),
            ("ROAM_TRANSPORT", transport),
            ("ROAM_CARRY", carryCommand(this)));
    }

    /// <summary>What the client's UDP goes through.</summary>
    public RebindingNat Gate { get; }

    public TerminalWindow Window { get; }

    /// <summary>Of its control socket.</summary>
    public string Name { get; }

    public int[] Carriers => Processes.ChildrenOf(Window.Pid);

    /// <param name="isBlocked">UDP does not get through from the start.</param>
    /// <param name="transport">auto, udp or ssh.</param>
    /// <param name="carryCommand">Makes a way through ssh; null: a real one.</param>
    public static CarriedSession Start(bool isBlocked, string transport = "auto", string? carryCommand = null)
    {
        CarriedSession session = new(isBlocked, s => carryCommand ?? s.SshCommand(), transport);
        return session;
    }

    public void WaitForPrompt() => Window.WaitForText(Prompt);

    public void Run(string line, string output)
    {
        Window.Type(line + "\r");
        Window.WaitForText(output);
    }

    public void Dispose()
    {
        int server = int.Parse(Name, CultureInfo.InvariantCulture);
        Window.Dispose();
        Gate.Dispose();
        Processes.Signal(server, Processes.SIGKILL);
    }

    private string SshCommand() =>
        $"{SshServer.Instance.Command} -o BatchMode=yes -T 127.0.0.1 -- 'echo a message of the day; printf unended; exec {Programs.Roam} carry {Name}'";

    /// <summary>Its socket is named by its process, which is the one that has the port.</summary>
    private static int ServerOn(int port)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Sandbox.Home, ".local/state/roam"), "*.sock"))
        {
            int pid = int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture);
            if (Processes.IsAlive(pid) && Programs.Run("ss", ["-lunpH", $"sport = :{port}"]).Output.Contains($"pid={pid},", StringComparison.Ordinal))
            {
                return pid;
            }
        }

        throw new InvalidOperationException($"No server has port {port}.");
    }
}
