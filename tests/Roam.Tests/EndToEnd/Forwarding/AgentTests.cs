using System.Diagnostics;
using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>The user's ssh-agent, asked from within a session.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class AgentTests
{
    private static readonly string[] Shell = ["env", $"PS1={RemoteSession.Prompt} ", "bash", "--norc", "--noprofile", "-i"];

    [Fact]
    public void A_program_in_the_session_asks_the_users_agent_by_a_socket_that_is_the_users_alone()
    {
        using SshAgent agent = new();
        using TerminalWindow window = Open(agent.Path, "-A");
        Run(window, "ssh-add -l", agent.Listing);
        Run(window, "echo path $SSH_AUTH_SOCK", "/.local/state/roam/");
        Run(window, "stat -c mode:%a:%F $SSH_AUTH_SOCK", "mode:600:socket");
        Run(window, "stat -c mode:%a:%F ${SSH_AUTH_SOCK%/*}", "mode:700:directory");
        string path = SocketOf(window);
        window.Type("exit\r");
        Assert.Equal(0, window.WaitForExit());
        WaitForNo(path);
    }

    [Fact]
    public void A_second_login_from_the_session_has_only_the_agents_key_and_lends_it_on()
    {
        using SshAgent agent = new();
        using TerminalWindow window = Open(agent.Path, "-A");
        string ssh = $"ssh -F none -p {SshServer.Instance.Port} -o IdentityFile=/nonexistent -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o PasswordAuthentication=no -A 127.0.0.1";
        Run(window, $"{ssh} 'echo there; ssh-add -l; echo co''de $?'", "code 0");
        Assert.Contains("there", window.Text, StringComparison.Ordinal);
        Assert.Contains(Fingerprint(agent), window.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_stays_when_the_client_roams_and_sleeps()
    {
        using SshAgent agent = new();
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Shell, [$"HOME={Sandbox.Home}"], serverOptions: ["--agent"]);
        using RebindingNat nat = new(port);
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Link("mosh-client"), "127.0.0.1", nat.Port.ToString(CultureInfo.InvariantCulture)], 80, 24, ("MOSH_KEY", key), ("ROAM_AGENT", agent.Path), ("LC_ALL", "C.UTF-8"));
        window.WaitForText(RemoteSession.Prompt);
        string path = SocketOf(window);
        nat.Rebind();
        Run(window, "ssh-add -l | cut -c 1-20; echo rebou''nd", "rebound");
        Processes.Signal(window.Pid, Processes.SIGSTOP);
        Processes.WaitForStop(window.Pid, "the client");
        using (Process asker = Process.Start(new ProcessStartInfo("ssh-add", ["-l"]) { RedirectStandardOutput = true, Environment = { ["SSH_AUTH_SOCK"] = path } })!)
        {
            nat.Rebind();
            Processes.Signal(window.Pid, Processes.SIGCONT);
            Assert.Equal(agent.Listing, asker.StandardOutput.ReadToEnd().Trim());
        }

        Run(window, "ssh-add -l; echo aft''er", "after");
        Assert.Equal(path, SocketOf(window));
        Assert.Contains(Fingerprint(agent), window.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_was_not_asked_lends_nothing_whatever_the_server_opens()
    {
        using SshAgent agent = new();
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Shell, [$"HOME={Sandbox.Home}"], serverOptions: ["--agent"]);
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Link("mosh-client"), "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], 80, 24, ("MOSH_KEY", key), ("SSH_AUTH_SOCK", agent.Path), ("LC_ALL", "C.UTF-8"));
        window.WaitForText(RemoteSession.Prompt);
        Run(window, "ssh-add -l; echo co''de $?", "code 1");
        Assert.Contains("error fetching identities", window.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_is_gone_ends_the_programs_connection_at_once()
    {
        using SshAgent agent = new();
        using TerminalWindow window = Open(agent.Path, "-A");
        agent.Dispose();
        Run(window, "ssh-add -l; echo co''de $?", "code 1");
        Assert.Contains("error fetching identities", window.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_A_there_is_none()
    {
        using SshAgent agent = new();
        using TerminalWindow window = Open(agent.Path);
        Run(window, "echo path $SSH_AUTH_SOCK'.'", $"path {agent.Path}.");
    }

    [Fact]
    public void An_administrator_forbids_it_and_the_user_is_told_who_did()
    {
        using SshAgent agent = new();
        string policy = Sandbox.NewFile("policy.conf");
        File.WriteAllText(policy, "# no keys here\nforbid agent\n");
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), Shell, [$"HOME={Sandbox.Home}", "SSH_AUTH_SOCK="], serverOptions: ["--agent", "--policy", policy]);
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Link("mosh-client"), "127.0.0.1", port.ToString(CultureInfo.InvariantCulture)], 200, 24, ("MOSH_KEY", key), ("ROAM_AGENT", agent.Path), ("LC_ALL", "C.UTF-8"));
        window.WaitForText($"roam: no agent here: forbidden by {policy}, line 2, on ");
        Run(window, "echo path $SSH_AUTH_SOCK.", "path .");
    }

    private static TerminalWindow Open(string agent, params string[] options)
    {
        TerminalWindow window = TerminalWindow.Open([Programs.Roam, "--local", .. options, "127.0.0.1", .. Shell], 160, 24, ("SSH_AUTH_SOCK", agent), ("LC_ALL", "C.UTF-8"), ("XDG_RUNTIME_DIR", null));
        window.WaitForText(RemoteSession.Prompt);
        return window;
    }

    private static void Run(TerminalWindow window, string line, string output)
    {
        window.Type(line + "\r");
        window.WaitForText(output);
    }

    /// <summary>The server ends a moment after its client.</summary>
    private static void WaitForNo(string path)
    {
        long start = Stopwatch.GetTimestamp();
        while (File.Exists(path))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, $"{path} is still there");
            Processes.WaitReadable(-1, 20);
        }
    }

    /// <summary>"256 SHA256:... comment (ED25519)": the part in the middle fits on any row.</summary>
    private static string Fingerprint(SshAgent agent) => agent.Listing.Split(' ')[1];

    private static string SocketOf(TerminalWindow window)
    {
        string file = Sandbox.NewFile("path");
        Run(window, $"echo $SSH_AUTH_SOCK >{file}; echo wri''tten {file}", $"written {file}");
        return File.ReadAllText(file).Trim();
    }
}
