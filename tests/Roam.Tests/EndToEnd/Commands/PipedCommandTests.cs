using System.Globalization;
using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>Commands without a terminal, over a real sshd.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class PipedCommandTests
{
    private const string Host = "127.0.0.1";

    [Fact]
    public void Output_and_errors_stay_apart_and_the_exit_status_is_the_commands()
    {
        Assert.Equal((3, "out\n", "err\n"), RunningCommand.RunRoam("", Host, "echo out; echo err >&2; exit 3"));
    }

    [Fact]
    public void The_words_are_joined_and_read_by_the_shell_there_as_with_ssh()
    {
        (int code, string output, _) = RunningCommand.RunRoam("", Host, "printf", "[%s]", "'a  b'", "$((1+1))", ";", "echo", "it\\'s");
        Assert.Equal((0, "[a  b][2]it's\n"), (code, output));
    }

    [Fact]
    public void Standard_input_ends_for_the_command_when_it_ends_here()
    {
        Assert.Equal((0, "12\n", ""), RunningCommand.RunRoam("twelve bytes", Host, "wc -c"));
        Assert.Equal((0, "0\n", ""), RunningCommand.RunRoam("", Host, "wc -c"));
    }

    [Fact]
    public void A_login_shell_reads_its_commands_from_standard_input()
    {
        (int code, string output, _) = RunningCommand.RunRoam("echo $((6*7)); exit 5\n", "-T", Host);
        Assert.Equal((5, "42\n"), (code, output));
    }

    [Fact]
    public void A_hundred_megabytes_go_there_and_back_unchanged()
    {
        using RunningCommand command = RunningCommand.Roam(Host, "cat");
        command.Echo(100_000_000);
        Assert.Equal(0, command.WaitForExit());
    }

    [Fact]
    public void Through_ssh_alone_it_is_the_same()
    {
        using RunningCommand command = RunningCommand.Roam("--transport=ssh", Host, "cat; echo apart >&2; exit 4");
        command.Echo(3_000_000);
        Assert.Equal(4, command.WaitForExit(out string error));
        Assert.Equal("apart\n", error);
    }

    [Fact]
    public void A_change_of_address_and_a_blackout_in_the_middle_only_delay_it()
    {
        (int port, string key) = StartServer("cat; exit 9");
        using RebindingNat nat = new(port);
        using RunningCommand command = Join(nat.Port, key);
        command.Echo(20_000_000, tenth =>
        {
            switch (tenth)
            {
                case 2 or 7:
                    nat.Rebind();
                    break;
                case 4:
                    // Until the client has asked in vain a few times.
                    nat.IsBlocked = true;
                    int before = nat.Arrived;
                    SpinWait.SpinUntil(() => nat.Arrived > before + 3, Programs.Patience);
                    nat.IsBlocked = false;
                    break;
            }
        });
        Assert.Equal(9, command.WaitForExit());
    }

    [Theory]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    public void A_signal_that_killed_it_is_told_as_a_shell_tells_it(string line, int code)
    {
        Assert.Equal(code, RunningCommand.RunRoam("", Host, line).ExitCode);
    }

    [Theory]
    [InlineData(Processes.SIGINT, "INT")]
    [InlineData(Processes.SIGTERM, "TERM")]
    [InlineData(Processes.SIGUSR1, "USR1")]
    public void A_signal_goes_to_the_command(int signal, string name)
    {
        using RunningCommand command = RunningCommand.Roam(Host, $"trap 'echo caught; exit 7' {name}; echo ready; while :; do sleep 0.1; done");
        command.WaitFor("ready\n");
        command.Signal(signal);
        Assert.Equal("caught\n", command.ReadAll());
        Assert.Equal(7, command.WaitForExit());
    }

    [Fact]
    public void Whoever_asks_twice_for_the_end_does_not_wait_for_the_command_which_gets_SIGHUP()
    {
        using RunningCommand command = RunningCommand.Roam(Host, "trap '' INT; echo $$; while :; do sleep 0.1; done");
        int pid = int.Parse(Line(command), CultureInfo.InvariantCulture);
        command.Signal(Processes.SIGINT);
        command.Signal(Processes.SIGTERM);
        command.Signal(Processes.SIGINT);
        Assert.Equal(255, command.WaitForExit());
        Processes.WaitForEnd(pid, "the command");
    }

    [Fact]
    public void A_reader_that_is_gone_ends_a_command_that_writes_on()
    {
        using RunningCommand command = RunningCommand.Roam(Host, "echo $$; exec yes");
        int pid = int.Parse(Line(command), CultureInfo.InvariantCulture);
        command.Output.Close();
        Assert.Equal(128 + Processes.SIGPIPE, command.WaitForExit());
        Assert.False(Processes.IsAlive(pid));
    }

    [Fact]
    public void A_command_that_reads_no_more_is_not_waited_for()
    {
        using RunningCommand command = RunningCommand.Roam(Host, "head -c 5");
        command.Input.Write("hello, and more that nobody reads"u8);
        command.Input.Flush();
        Assert.Equal("hello", command.ReadAll());
        Assert.Equal(0, command.WaitForExit());
    }

    [Fact]
    public void What_holds_the_output_open_is_waited_for_as_with_ssh()
    {
        (int code, string output, _) = RunningCommand.RunRoam("", Host, "(sleep 0.5; echo late) & echo early; exit 6");
        Assert.Equal((6, "early\nlate\n"), (code, output));
    }

    [Fact]
    public void A_client_that_is_killed_leaves_the_command_running_until_the_server_gives_up()
    {
        (int port, string key) = StartServer("echo $$; exec cat", "MOSH_SERVER_NETWORK_TMOUT=3");
        using RunningCommand command = Join(port, key);
        int pid = int.Parse(Line(command), CultureInfo.InvariantCulture);
        command.Signal(Processes.SIGKILL);
        command.WaitForExit();
        Assert.True(Processes.IsAlive(pid));
        Processes.WaitForEnd(pid, "the command");
    }

    [Fact]
    public void What_start_files_print_does_not_get_into_the_output()
    {
        string file = Sandbox.NewFile("start");
        File.WriteAllText(file, "echo Welcome to this host\n");
        string ssh = SshServer.Instance.CommandWith($"ROAM_TEST_START={file}");
        (int code, string output, _) = RunningCommand.Run([Programs.Roam, $"--ssh={ssh}", Host, "echo only this"]);
        Assert.Equal((0, "only this\n"), (code, output));
    }

    [Fact]
    public void There_is_no_TERM_and_the_session_has_a_name()
    {
        (_, string output, _) = RunningCommand.RunRoam("", Host, "echo $(env | grep -c ^TERM=) ${ROAM_SESSION:+named} $(ps -o tty= -p $$)");
        Assert.Equal("0 named ?\n", output);
    }

    [Theory]
    [InlineData("--server=mosh-server")]
    [InlineData("--install=never")]
    public void Where_there_is_no_roam_it_is_refused_with_sshs_code(string option)
    {
        string ssh = SshServer.Instance.CommandWith($"XDG_CACHE_HOME={Sandbox.NewFile("empty")}", $"XDG_RUNTIME_DIR={Sandbox.NewFile("empty")}");
        (int code, string output, string error) = RunningCommand.Run([Programs.Roam, $"--ssh={ssh}", option, Host, "echo no"]);
        Assert.Equal((255, ""), (code, output));
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("roam: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_meets_a_server_of_moshs_says_what_is_needed()
    {
        (int port, string key) = RemoteSession.StartServer(Programs.StockServer, ["sh", "-c", "read x"], []);
        using RunningCommand command = Join(port, key);
        Assert.Equal(255, command.WaitForExit(out string error));
        Assert.Equal("roam: a command without a terminal needs this version of Roam there: --install=always puts it there.\n", error);
    }

    [Fact]
    public void A_host_that_ssh_does_not_reach_is_sshs_code()
    {
        (int code, string output, string error) = RunningCommand.RunRoam("", "-o", "Port=1", Host, "true");
        Assert.Equal((255, ""), (code, output));
        Assert.Contains("roam: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_subsystem_is_refused()
    {
        (int code, string output, string error) = RunningCommand.RunRoam("", "-s", Host, "nothing");
        Assert.Equal((255, "", "roam: there is no subsystem nothing.\n"), (code, output, error));
    }

    private static string Line(RunningCommand command)
    {
        string line = "";
        for (int value = command.Output.ReadByte(); value is not (-1 or '\n'); value = command.Output.ReadByte())
        {
            line += (char)value;
        }

        return line;
    }

    private static (int Port, string Key) StartServer(string line, params string[] environment)
    {
        (int code, string output, string error) = RunningCommand.Run(["env", .. environment, Programs.Roam, "server", "new", "--pipes", "-i", Host, "-p", "0", "--", line]);
        Match match = ConnectLine().Match(output);
        Assert.True(code == 0 && match.Success, $"code {code}\n{output}\n{error}");
        return (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value);
    }

    private static RunningCommand Join(int port, string key) =>
        RunningCommand.Start([Programs.Roam, "client", Host, port.ToString(CultureInfo.InvariantCulture)], ("MOSH_KEY", key), ("ROAM_PIPES", "1"));

    [GeneratedRegex(@"^MOSH CONNECT (\d+) (\S{22})$", RegexOptions.Multiline)]
    private static partial Regex ConnectLine();
}
