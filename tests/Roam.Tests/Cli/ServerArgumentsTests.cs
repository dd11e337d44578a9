using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class ServerArgumentsTests
{
    [Fact]
    public void The_call_of_the_stock_wrapper_is_read()
    {
        ServerArguments parsed = Parsed("new", "-c", "256", "-s", "-p", "60001:60002", "-l", "LANG=en_US.UTF-8", "-l", "LC_TIME=C", "--", "ls", "-la");
        Assert.True(parsed.BindToSshAddress);
        Assert.Equal(256, parsed.ColorCount);
        Assert.Equal(new PortRange(60001, 60002), parsed.Ports);
        Assert.Equal(["LANG=en_US.UTF-8", "LC_TIME=C"], parsed.LocaleValues);
        Assert.Equal(["ls", "-la"], parsed.Command);
        Assert.Empty(parsed.Complaints);
    }

    [Theory]
    [InlineData("new -svp60001 -c256 -i ::1")]
    [InlineData("new -sv -p60001 -c 256 -i::1")]
    [InlineData("new -@ignored -s -v -p 60001 -c256 -i ::1")]
    [InlineData("new -@ ignored -s -v -p 60001 -c256 -i ::1")]
    public void Letters_may_be_joined_to_each_other_and_to_their_value(string line)
    {
        ServerArguments parsed = Parsed(line.Split(' '));
        Assert.Equal((true, 1, 256, "::1"), (parsed.BindToSshAddress, parsed.Verbosity, parsed.ColorCount, parsed.BindAddress));
        Assert.Equal(new PortRange(60001, 60001), parsed.Ports);
    }

    [Theory]
    [InlineData("", null, 60001, 60999)]
    [InlineData("127.0.0.1", "127.0.0.1", 60001, 60999)]
    [InlineData("127.0.0.1 62000", "127.0.0.1", 62000, 62000)]
    public void The_old_form_without_new_is_read(string line, string? address, int low, int high)
    {
        ServerArguments parsed = Parsed(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(address, parsed.BindAddress);
        Assert.Equal(new PortRange(low, high), parsed.Ports);
    }

    [Fact]
    public void Unknown_options_are_told_and_ignored()
    {
        ServerArguments parsed = Parsed("new", "-Z", "--future=1", "-p", "60005", "-i");
        Assert.Equal(["unknown option -Z", "unknown option --future=1", "option -i needs a value"], parsed.Complaints);
        Assert.Equal(60005, parsed.Ports.Low);
    }

    [Fact]
    public void Reports_of_the_screen_are_allowed_only_when_asked_for()
    {
        Assert.False(Parsed("new").AllowScreenReports);
        ServerArguments parsed = Parsed("new", "--allow-screen-reports", "--", "--allow-screen-reports");
        Assert.True(parsed.AllowScreenReports);
        Assert.False(parsed.AllowClipboardQuery);
        Assert.True(Parsed("new", "--allow-clipboard-query").AllowClipboardQuery);
        Assert.Equal(500, Parsed("new", "--history-lines=500").HistoryLines);
        Assert.Equal(0, Parsed("new", "--history-lines", "0").HistoryLines);
        Assert.Null(Parsed("new").HistoryLines);
        Assert.Contains("--history-lines", Assert.Single(Parsed("new", "--history-lines=many").Complaints), StringComparison.Ordinal);
        Assert.Empty(parsed.Complaints);
        Assert.False(Parsed("new", "--", "--allow-screen-reports").AllowScreenReports);
    }

    [Fact]
    public void Only_locale_variables_are_taken_from_the_client()
    {
        ServerArguments parsed = Parsed("new", "-l", "LD_PRELOAD=/x", "-l", "LC_CTYPE=C.UTF-8", "-l", "LANG", "-l", "=x");
        Assert.Equal(["LC_CTYPE=C.UTF-8"], parsed.LocaleValues);
        Assert.Equal(3, parsed.Complaints.Count);
    }

    [Fact]
    public void A_flood_of_options_stays_bounded()
    {
        string[] flood = [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { "-l", $"LC_X{i}=1", "-Z" })];
        ServerArguments parsed = Parsed(["new", .. flood]);
        Assert.InRange(parsed.LocaleValues.Count, 1, 64);
        Assert.InRange(parsed.Complaints.Count, 1, 8);
    }

    [Theory]
    [InlineData("new -p 99999", "bad UDP port or range (99999): port 99999 is outside 0..65535")]
    [InlineData("new -p 7:6", "bad UDP port or range (7:6): low port 7 is greater than high port 6")]
    [InlineData("new -p 6:", "bad UDP port or range (6:): \"\" is not a port number")]
    [InlineData("new -c many", "bad number of colours (many)")]
    [InlineData("127.0.0.1 x", "bad UDP port or range (x): \"x\" is not a port number")]
    [InlineData("1 2 3", "too many arguments")]
    public void What_is_wrong_is_named(string line, string message)
    {
        Assert.False(ServerArguments.TryParse(line.Split(' '), out _, out string error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("10.0.0.1 50000 10.0.0.2 22", "10.0.0.2")]
    [InlineData("::1 50000 ::1 22", "::1")]
    [InlineData("::ffff:10.0.0.1 50000 ::ffff:10.0.0.2 22", "10.0.0.2")]
    [InlineData("10.0.0.1 50000 fe80::1%eth0 22", "fe80::1%eth0")]
    [InlineData("10.0.0.1 50000 nonsense 22", null)]
    [InlineData("10.0.0.1 50000", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_third_word_of_SSH_CONNECTION_is_the_address(string? value, string? address)
    {
        Assert.Equal(address, ServerArguments.AddressOfSshConnection(value));
    }

    private static ServerArguments Parsed(params string[] arguments)
    {
        Assert.True(ServerArguments.TryParse(arguments, out ServerArguments parsed, out string error), error);
        return parsed;
    }
}
