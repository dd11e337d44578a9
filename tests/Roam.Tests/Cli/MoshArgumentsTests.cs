using Roam.Cli;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Tests.Cli;

public sealed class MoshArgumentsTests
{
    [Fact]
    public void A_host_alone_takes_all_defaults()
    {
        WrapperOptions options = Parsed("user@host");
        Assert.Equal("user@host", options.Host);
        Assert.Empty(options.Command);
        Assert.Null(options.Prediction);
        Assert.Null(options.Port);
        Assert.Null(options.ServerCommandLine);
        Assert.Equal(FamilyPreference.PreferInet, options.Family);
        Assert.Equal(RemoteIpSource.Proxy, options.RemoteIp);
        Assert.Equal(("ssh", "ssh"), (options.SshCommandLine, options.BindServer));
        Assert.True(options is { SshPty: true, InitializeTerminal: true, Local: false, PredictOverwrite: false, FakeProxy: false });
    }

    [Theory]
    [InlineData("-p60001:60010 h")]
    [InlineData("-p 60001:60010 h")]
    [InlineData("-p=60001:60010 h")]
    [InlineData("--port=60001:60010 h")]
    [InlineData("--port 60001:60010 h")]
    [InlineData("--po 60001:60010 h")]
    [InlineData("h -p 60001:60010")]
    [InlineData("-aop 60001:60010 h")]
    [InlineData("-p 5 -p 60001:60010 -- h")]
    public void A_port_range_is_read_in_all_its_forms(string line)
    {
        Assert.Equal(new PortRange(60001, 60010), Parsed(line.Split(' ')).Port);
    }

    [Theory]
    [InlineData("-a", PredictionMode.Always)]
    [InlineData("-n", PredictionMode.Never)]
    [InlineData("--predict=experimental", PredictionMode.Experimental)]
    [InlineData("--predict=always", PredictionMode.Always)]
    [InlineData("--predict never", PredictionMode.Never)]
    [InlineData("-n -a", PredictionMode.Always)]
    public void Prediction_modes_are_read_and_the_last_wins(string line, PredictionMode mode)
    {
        Assert.Equal(mode, Parsed([.. line.Split(' '), "h"]).Prediction);
    }

    [Theory]
    [InlineData("-4", FamilyPreference.InetOnly)]
    [InlineData("-6", FamilyPreference.Inet6Only)]
    [InlineData("-6 -4", FamilyPreference.InetOnly)]
    [InlineData("--family=auto", FamilyPreference.Auto)]
    [InlineData("--family=all", FamilyPreference.All)]
    [InlineData("--family prefer-inet6", FamilyPreference.PreferInet6)]
    public void Families_are_read(string line, FamilyPreference family)
    {
        Assert.Equal(family, Parsed([.. line.Split(' '), "h"]).Family);
    }

    [Fact]
    public void Every_other_option_reaches_its_place()
    {
        WrapperOptions options = Parsed(
            "--client=/c", "--server=s -v", "--ssh=ssh -p 2222", "--no-ssh-pty", "--no-init", "--local", "-o", "--bind-server=any", "--experimental-remote-ip=remote", "h");
        Assert.Equal(("/c", "s -v", "ssh -p 2222", "any"), (options.ClientPath, options.ServerCommandLine, options.SshCommandLine, options.BindServer));
        Assert.Equal(RemoteIpSource.Remote, options.RemoteIp);
        Assert.True(options is { SshPty: false, InitializeTerminal: false, Local: true, PredictOverwrite: true });
    }

    [Fact]
    public void After_two_dashes_nothing_is_an_option()
    {
        WrapperOptions options = Parsed("-a", "--", "h", "ls", "-la", "--", "x");
        Assert.Equal("h", options.Host);
        Assert.Equal(["ls", "-la", "--", "x"], options.Command);
    }

    [Fact]
    public void Options_may_follow_the_host()
    {
        WrapperOptions options = Parsed("h", "-a", "--", "ls", "-l");
        Assert.Equal(PredictionMode.Always, options.Prediction);
        Assert.Equal(["ls", "-l"], options.Command);
    }

    [Fact]
    public void The_call_that_ssh_makes_for_its_proxy_is_read()
    {
        WrapperOptions options = Parsed("--family=prefer-inet6", "--fake-proxy", "--", "example.org", "22");
        Assert.True(options.FakeProxy);
        Assert.Equal(FamilyPreference.PreferInet6, options.Family);
        Assert.Equal("example.org", options.Host);
        Assert.Equal(["22"], options.Command);
    }

    [Theory]
    [InlineData("--predict=foo h", "unknown predict mode \"foo\": one of adaptive, always, never, experimental, stock")]
    [InlineData("--family=foo h", "unknown address family \"foo\": one of inet, inet6, auto, all, prefer-inet, prefer-inet6")]
    [InlineData("-p abc h", "bad port or range \"abc\": \"abc\" is not a port number")]
    [InlineData("-p 70000 h", "bad port or range \"70000\": port 70000 is outside 0..65535")]
    [InlineData("-p 9:8 h", "bad port or range \"9:8\": low port 9 is greater than high port 8")]
    [InlineData("--bind-server=zz h", "unknown address to bind \"zz\": ssh, any or a numeric IP address")]
    [InlineData("--experimental-remote-ip=zz h", "unknown way to learn the remote address \"zz\": one of proxy, local, remote")]
    [InlineData("--pred=never h", "option --pred is ambiguous: --predict, --predict-overwrite")]
    [InlineData("--prot 5 h", "unknown option --prot; did you mean --port?")]
    [InlineData("-x h", "unknown option -x")]
    [InlineData("h ls -l", "unknown option -l (an option of the remote command? Put -- before the command)")]
    [InlineData("--local=yes h", "option --local takes no value")]
    [InlineData("h --port", "option --port needs a value")]
    [InlineData("h -p", "option -p needs a value")]
    public void What_is_wrong_is_named(string line, string message)
    {
        Assert.False(MoshArguments.TryParse(line.Split(' '), out _, out string error));
        Assert.Equal(message, error);
    }

    private static WrapperOptions Parsed(params string[] arguments)
    {
        Assert.True(MoshArguments.TryParse(arguments, out WrapperOptions options, out string error), error);
        return options;
    }
}
