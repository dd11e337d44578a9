using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class BootstrapReaderTests
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void Address_port_and_key_are_gathered_and_the_rest_is_shown()
    {
        BootstrapReader reader = new(RemoteIpSource.Proxy);
        Assert.Equal(BootstrapLine.Taken, reader.Read("MOSH IP 10.0.0.2"));
        Assert.Equal(BootstrapLine.Show, reader.Read("Welcome to box"));
        Assert.Equal(BootstrapLine.Show, reader.Read("echo MOSH CONNECT 1 2"));
        Assert.Equal(BootstrapLine.Connected, reader.Read($"\r\rMOSH CONNECT 60001 {Key}\r"));
        Assert.Equal(("10.0.0.2", 60001, Key), (reader.Address, reader.Port, reader.KeyText));
    }

    [Fact]
    public void The_far_side_cannot_send_the_client_elsewhere()
    {
        BootstrapReader reader = new(RemoteIpSource.Proxy);
        reader.Read("MOSH IP 10.0.0.2");
        Assert.Equal(BootstrapLine.Taken, reader.Read("MOSH IP 10.0.0.2"));
        Assert.Equal(BootstrapLine.Refused, reader.Read("MOSH IP 10.6.6.6"));
        Assert.Contains("10.6.6.6", reader.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_addresses_count_only_right_behind_the_first_that_was_told()
    {
        BootstrapReader reader = new(RemoteIpSource.Proxy);
        Assert.Equal(BootstrapLine.Show, reader.Read("MOSH MORE 10.6.6.6"));
        Assert.Equal(BootstrapLine.Taken, reader.Read("MOSH IP 10.0.0.2"));
        Assert.Equal(BootstrapLine.Taken, reader.Read("MOSH MORE 2001:db8::2 example.org 10.0.0.3"));
        Assert.Equal(BootstrapLine.Show, reader.Read("MOSH MORE 10.6.6.6"));
        reader.Read("MOSH IP 10.0.0.2");
        Assert.Equal(BootstrapLine.Show, reader.Read("MOSH MORE 10.6.6.6"));
        Assert.Equal(["2001:db8::2", "10.0.0.3"], reader.MoreAddresses);
    }

    [Fact]
    public void SSH_CONNECTION_counts_only_where_it_was_asked_for()
    {
        const string Line = "MOSH SSH_CONNECTION 10.0.0.1 50000 ::ffff:10.0.0.2 22";
        BootstrapReader remote = new(RemoteIpSource.Remote);
        Assert.Equal(BootstrapLine.Taken, remote.Read(Line));
        Assert.Equal("10.0.0.2", remote.Address);
        BootstrapReader proxy = new(RemoteIpSource.Proxy);
        Assert.Equal(BootstrapLine.Show, proxy.Read(Line));
        Assert.Null(proxy.Address);
    }

    [Theory]
    [InlineData("MOSH IP example.org")]
    [InlineData("MOSH IP ")]
    [InlineData("MOSH IP 10.0.0.1 -x")]
    [InlineData("MOSH CONNECT 60001")]
    [InlineData("MOSH CONNECT 0 " + Key)]
    [InlineData("MOSH CONNECT 99999 " + Key)]
    [InlineData("MOSH CONNECT -1 " + Key)]
    [InlineData("MOSH CONNECT 60001 AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("MOSH CONNECT 60001 " + Key + " x")]
    public void What_only_looks_like_ours_is_refused_with_a_reason_without_the_key(string line)
    {
        BootstrapReader reader = new(RemoteIpSource.Proxy);
        Assert.Equal(BootstrapLine.Refused, reader.Read(line));
        Assert.NotEmpty(reader.Error);
        Assert.DoesNotContain("AAAAA", reader.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sh: 1: mosh-server: not found", true)]
    [InlineData("bash: line 1: mosh-server: command not found", true)]
    [InlineData("fish: Unknown command: mosh-server", true)]
    [InlineData("env: 'mosh-server': No such file or directory", true)]
    [InlineData("Permission denied (publickey).", false)]
    public void A_missing_server_is_recognised(string line, bool expected)
    {
        BootstrapReader reader = new(RemoteIpSource.Proxy);
        Assert.Equal(BootstrapLine.Show, reader.Read(line));
        Assert.Equal(expected, reader.SaidNotFound);
    }
}
