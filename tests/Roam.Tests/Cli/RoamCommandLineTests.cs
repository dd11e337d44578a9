using System.CommandLine;
using Roam.Cli;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Tests.Cli;

public sealed class RoamCommandLineTests
{
    [Fact]
    public void Without_arguments_a_session_on_this_machine_is_meant()
    {
        Assert.Null(Parsed().Host);
    }

    [Fact]
    public void The_commands_own_options_need_no_dashes()
    {
        WrapperOptions options = Parsed("-a", "me@box", "ls", "-la", "--port", "--", "x");
        Assert.Equal("me@box", options.Host);
        Assert.Equal(["ls", "-la", "--port", "--", "x"], options.Command);
        Assert.Null(options.Port);
    }

    [Theory]
    [InlineData("-p60001:60010 h")]
    [InlineData("-p 60001:60010 h")]
    [InlineData("--port=60001:60010 h")]
    [InlineData("h --port 60001:60010")]
    [InlineData("h -aop 60001:60010 cmd -x")]
    [InlineData("-op60001:60010 h cmd -p 7")]
    public void A_port_range_is_read_in_all_its_forms(string line)
    {
        WrapperOptions options = Parsed(line.Split(' '));
        Assert.Equal(new PortRange(60001, 60010), options.Port);
        Assert.Equal("h", options.Host);
    }

    [Fact]
    public void Both_command_lines_mean_the_same_by_the_same_words()
    {
        string[] words =
        [
            "--client=/c", "--server=s -v", "--ssh=ssh -p 2222", "--no-ssh-pty", "--no-init", "--local", "-o", "--bind-server=::1", "--experimental-remote-ip=remote",
            "-n", "-6", "--port=1:2", "--", "h", "cmd", "-x",
        ];
        Assert.True(MoshArguments.TryParse(words, out WrapperOptions mosh, out _));
        WrapperOptions roam = Parsed(words);
        Assert.Equal(Fields(mosh), Fields(roam));
        Assert.Equal(["cmd", "-x"], roam.Command);
    }

    [Theory]
    [InlineData("-4", FamilyPreference.InetOnly)]
    [InlineData("-6", FamilyPreference.Inet6Only)]
    [InlineData("--family=prefer-inet6", FamilyPreference.PreferInet6)]
    public void Families_are_read(string word, FamilyPreference family)
    {
        Assert.Equal(family, Parsed(word, "h").Family);
    }

    [Theory]
    [InlineData("-a", PredictionMode.Always)]
    [InlineData("-n", PredictionMode.Never)]
    [InlineData("--predict=experimental", PredictionMode.Experimental)]
    [InlineData("-ao", PredictionMode.Always)]
    public void Prediction_modes_are_read(string word, PredictionMode mode)
    {
        Assert.Equal(mode, Parsed(word, "h").Prediction);
    }

    [Theory]
    [InlineData("--predict=foo h", "unknown predict mode \"foo\": one of adaptive, always, never, experimental, stock")]
    [InlineData("--family=foo h", "unknown address family \"foo\": one of inet, inet6, auto, all, prefer-inet, prefer-inet6")]
    [InlineData("-p 9:8 h", "bad port or range \"9:8\": low port 9 is greater than high port 8")]
    [InlineData("--bind-server zz h", "unknown address to bind \"zz\": ssh, any or a numeric IP address")]
    [InlineData("--experimental-remote-ip=zz h", "unknown way to learn the remote address \"zz\": one of proxy, local, remote")]
    [InlineData("--prot=5 h", "unknown option --prot; did you mean --port?")]
    [InlineData("h --prot", "unknown option --prot; did you mean --port?")]
    [InlineData("-y h", "unknown option -y")]
    [InlineData("-anc h", "unknown option -anc")]
    [InlineData("-- -x", "\"-x\" is no host")]
    public void What_is_wrong_is_named_in_one_line(string line, string message)
    {
        RoamCommandLine description = new();
        bool good = description.TryParse(line.Split(' '), out ParseResult result, out string error);
        Assert.Equal(message, good ? Assert.Single(result.Errors).Message : error);
    }

    [Fact]
    public void Host_names_are_proposed_from_the_ssh_configuration()
    {
        string[] config = ["# Host no", "Host box box2 *.example", "  HostName 10.0.0.1", "host=other", "Host !not", "Match host x", "Host box"];
        Assert.Equal(["box", "box2", "other"], KnownHosts.FromConfig(config));
    }

    private static (string?, string?, string, bool, bool, bool, bool, string, RemoteIpSource, PredictionMode?, FamilyPreference, PortRange?, string?) Fields(WrapperOptions o) =>
        (o.ClientPath, o.ServerCommandLine, o.SshCommandLine, o.SshPty, o.InitializeTerminal, o.Local, o.PredictOverwrite, o.BindServer, o.RemoteIp, o.Prediction, o.Family, o.Port, o.Host);

    private static WrapperOptions Parsed(params string[] arguments)
    {
        RoamCommandLine description = new();
        Assert.True(description.TryParse(arguments, out ParseResult result, out string error), error);
        Assert.True(description.IsForSession(result), string.Join("; ", result.Errors.Select(e => e.Message)));
        return description.Read(result, arguments);
    }
}
