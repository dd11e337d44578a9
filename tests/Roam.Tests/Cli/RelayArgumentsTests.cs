using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class RelayArgumentsTests
{
    [Theory]
    [InlineData("host:60001", "host", 60001)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("[2001:db8::1]:65535", "2001:db8::1", 65535)]
    public void The_target_is_a_host_and_a_port(string text, string host, int port)
    {
        Assert.True(RelayArguments.TryParse(["--to", text], out RelayArguments parsed, out string error), error);
        Assert.Equal((host, port), (parsed.TargetHost, parsed.TargetPort));
        Assert.Equal(PortRange.Default, parsed.Ports);
    }

    [Theory]
    [InlineData("--to")]
    [InlineData("--to=host")]
    [InlineData("--to=host:0")]
    [InlineData("--to=:60001")]
    [InlineData("--to=2001:db8::1:60001")]
    [InlineData("--to=h:1", "--idle=0")]
    [InlineData("--to=h:1", "--idle=3x")]
    [InlineData("--to=h:1", "--idle=99999999999d")]
    [InlineData("--to=h:1", "--ids=4")]
    [InlineData("--to=h:1", "-p", "5:4")]
    [InlineData("--to=h:1", "--nonsense=1")]
    [InlineData("--to=h:1", "--", "ssh", "host")]
    [InlineData("--find", "--", "ssh", "host")]
    [InlineData("--find", "--to=h:1", "--id=12", "--", "ssh", "host")]
    [InlineData("--find", "--to=h:1", "--install=perhaps", "--", "ssh", "host")]
    [InlineData("--find", "--to=h:1", "--", "ssh")]
    [InlineData("--find", "--to=h:1")]
    public void What_makes_no_sense_is_said(params string[] arguments)
    {
        Assert.False(RelayArguments.TryParse(arguments, out _, out string error));
        Assert.NotEqual("", error);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43_200)]
    [InlineData("7d", 604_800)]
    public void A_time_has_a_unit(string text, long seconds)
    {
        Assert.True(RelayArguments.TryParseTime(text, out long millis));
        Assert.Equal(seconds * 1000, millis);
    }

    [Fact]
    public void All_options_arrive()
    {
        Assert.True(RelayArguments.TryParse(["--to", "h:1", "-p", "7:9", "--idle", "2m", "--ids=2"], out RelayArguments here, out _));
        Assert.Equal((new PortRange(7, 9), 120_000L, 2, false), (here.Ports, here.IdleMillis, here.InnerIds, here.Find));
        string id = string.Concat(Enumerable.Repeat("0a", 16));
        Assert.True(RelayArguments.TryParse(["--find", "--to", "[2001:db8::1]:60001", "--id", id, "--install=never", "--", "ssh", "-F", "x", "host"], out RelayArguments find, out _));
        Assert.True(find.Find);
        Assert.Equal(InstallMode.Never, find.Install);
        Assert.Equal(("2001:db8::1", 60001), (find.TargetHost, find.TargetPort));
        Assert.Equal(Convert.FromHexString(id), find.TargetId);
        Assert.Equal(["ssh", "-F", "x", "host"], find.SshWords);
    }
}
