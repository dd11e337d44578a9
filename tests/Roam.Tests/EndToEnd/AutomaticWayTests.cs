using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>`roam host` over a real sshd: what is found, installed and said on the way to a session.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class AutomaticWayTests
{
    private static readonly string[] Program = ["sh", "-c", "echo it is' 'here; tr '\\0' ' ' </proc/$PPID/cmdline; read x; exit"];

    [Fact]
    public void Where_there_is_no_roam_it_is_put_there_once_and_used()
    {
        string cache = NewFolder();
        using (TerminalWindow window = Start(cache))
        {
            window.WaitForText("it is here");
            Assert.Contains("installed as " + cache, window.Heard, StringComparison.Ordinal);
            Assert.Contains("putting roam on 127.0.0.1", window.Heard, StringComparison.Ordinal);
            Assert.DoesNotContain("MOSH CONNECT", window.Heard, StringComparison.Ordinal);
            Assert.DoesNotContain("ROAM ", window.Heard.Replace("ROAM_", "", StringComparison.Ordinal), StringComparison.Ordinal);
            window.Type("\r");
            Assert.Equal(0, window.WaitForExit());
        }

        string build = Assert.Single(Directory.GetFiles(Path.Combine(cache, "roam", "bin")));
        using TerminalWindow again = Start(cache);
        again.WaitForText("it is here");
        Assert.DoesNotContain("putting roam", again.Heard, StringComparison.Ordinal);
        Assert.Equal([build], Directory.GetFiles(Path.Combine(cache, "roam", "bin")));
        again.Type("\r");
        Assert.Equal(0, again.WaitForExit());
    }

    [Fact]
    public void The_commands_words_arrive_as_they_were_typed()
    {
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Roam, $"--ssh={SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + CommonCache)}", "127.0.0.1", "sh", "-c", "printf '[%s]' \"$@\"; read x; exit", "sh", "it's", "50% \\ off!", "a  b"]);
        window.WaitForText("[it's][50% \\ off!][a  b]");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void Without_installing_the_server_of_mosh_is_used()
    {
        string cache = NewFolder();
        using TerminalWindow window = Start(cache, "--install=never");
        window.WaitForText("mosh-server new");
        Assert.Empty(Directory.GetFileSystemEntries(cache));
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void Where_it_does_not_run_mosh_is_used_and_it_is_said()
    {
        string servers = NewFolder();
        File.WriteAllText(Path.Combine(servers, "roam-linux-x64"), "#!/bin/sh\nexit 1\n");
        File.WriteAllText(Path.Combine(servers, "roam-linux-x64.sha256"), $"{Cli.Far.ScriptTalk.Hash("#!/bin/sh\nexit 1\n")}  roam-linux-x64\n");
        using TerminalWindow window = StartWith(SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + NewFolder()), [("ROAM_SERVERS", servers)]);
        window.WaitForText("mosh-server new");
        Assert.Contains("roam does not run from any place on 127.0.0.1; trying mosh-server there", window.Heard, StringComparison.Ordinal);
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_server_that_must_be_ours_and_cannot_be_is_one_sentence()
    {
        string servers = NewFolder();
        File.WriteAllText(Path.Combine(servers, "roam-linux-x64"), "#!/bin/sh\nexit 1\n");
        File.WriteAllText(Path.Combine(servers, "roam-linux-x64.sha256"), $"{Cli.Far.ScriptTalk.Hash("#!/bin/sh\nexit 1\n")}  roam-linux-x64\n");
        using TerminalWindow window = StartWith(SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + NewFolder()), [("ROAM_SERVERS", servers)], "--install=always");
        Assert.Equal(1, window.WaitForExit());
        Assert.Contains("roam: roam does not run from any place on 127.0.0.1.", window.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printf 'no end of line'", "no end of line")]
    [InlineData("echo MOSH CONNECT 1; echo a line of its own", "a line of its own")]
    [InlineData("head -c 1000000 /dev/zero | tr '\\0' x", "more of this is not shown")]
    [InlineData("echo to errors >&2; printf '\\033]0;title\\007'", "to errors")]
    public void A_noisy_start_file_is_no_hindrance(string noise, string sign)
    {
        string file = Sandbox.NewFile("noise");
        File.WriteAllText(file, noise + "\n");
        using TerminalWindow window = StartWith(SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + CommonCache, "ROAM_TEST_START=" + file), []);
        window.WaitForText("it is here");
        Assert.Contains(sign, window.Heard, StringComparison.Ordinal);
        Assert.InRange(window.Heard.Length, 0, 200_000);
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_start_file_that_ends_the_shell_is_named()
    {
        string file = Sandbox.NewFile("exit");
        File.WriteAllText(file, "exit 0\n");
        using TerminalWindow window = StartWith(SshServer.Instance.CommandWith("ROAM_TEST_START=" + file), []);
        Assert.Equal(1, window.WaitForExit());
        Assert.Contains("a start file that exits?", window.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("udp")]
    [InlineData("ssh")]
    public void Each_transport_leads_to_a_session(string transport)
    {
        using TerminalWindow window = Start(CommonCache, "--transport=" + transport);
        window.WaitForText("it is here");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void What_the_users_own_ssh_configuration_asks_for_does_not_take_the_way_in()
    {
        string config = Sandbox.NewFile("config");
        File.WriteAllText(config, $"RemoteCommand false\nStdinNull yes\nSetEnv XDG_CACHE_HOME={CommonCache}\nInclude {SshServer.Instance.Command["ssh -F ".Length..]}\n");
        using TerminalWindow window = StartWith("ssh -F " + config, []);
        window.WaitForText("it is here");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_connection_that_ssh_shares_is_shared()
    {
        string socket = Sandbox.NewFile("mux")[..^20]; // A socket's path has 108 bytes, and ssh puts a suffix to it.
        string ssh = SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + CommonCache) + $" -o ControlMaster=auto -o ControlPersist=60 -o ControlPath={socket}";
        try
        {
            for (int i = 0; i < 2; i++)
            {
                using TerminalWindow window = StartWith(ssh, []);
                window.WaitForText("it is here");
                window.Type("\r");
                Assert.Equal(0, window.WaitForExit());
                Assert.True(File.Exists(socket));
            }
        }
        finally
        {
            Programs.Run("ssh", ["-o", $"ControlPath={socket}", "-O", "exit", "127.0.0.1"]);
        }
    }

    [Fact]
    public void A_host_behind_another_is_reached()
    {
        string config = SshServer.Instance.Command["ssh -F ".Length..];
        string jump = SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + CommonCache) + $" -o ProxyCommand='ssh -F {config} -W %h:%p 127.0.0.1'";
        using TerminalWindow window = StartWith(jump, []);
        window.WaitForText("it is here");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_login_that_fails_says_so_once()
    {
        using TerminalWindow window = StartWith($"{SshServer.Instance.Command} -p {SshServer.FreeTcpPort().ToString(CultureInfo.InvariantCulture)}", []);
        Assert.Equal(255, window.WaitForExit());
        Assert.Contains("roam: ssh to 127.0.0.1 failed (exit code 255). Its own message is above.", window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ssh_that_is_not_there_is_named()
    {
        using TerminalWindow window = StartWith("/nonexistent/ssh", []);
        Assert.Equal(1, window.WaitForExit());
        Assert.Contains("roam: /nonexistent/ssh could not be started: No such file or directory.", window.Heard, StringComparison.Ordinal);
    }

    /// <summary>For the tests that are not about installing: the first of them puts it there.</summary>
    private static string CommonCache { get; } = NewFolder();

    private static TerminalWindow Start(string cache, params string[] options) => StartWith(SshServer.Instance.CommandWith("XDG_CACHE_HOME=" + cache), [], options);

    private static TerminalWindow StartWith(string ssh, (string Name, string? Value)[] environment, params string[] options) =>
        TerminalWindow.Open([Programs.Roam, $"--ssh={ssh}", .. options, "127.0.0.1", "--", .. Program], environment: environment);

    private static string NewFolder() => Directory.CreateDirectory(Sandbox.NewFile("folder")).FullName;
}
