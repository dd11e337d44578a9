using Roam.Host;

namespace Roam.Tests.Host.Login;

public sealed class HostAddressesTests
{
    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("10.0.0.7", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("fd00::7", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("169.254.3.4", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("?", false)]
    public void Only_what_another_machine_may_reach_counts(string address, bool expected)
    {
        Assert.Equal(expected, HostAddresses.IsUsable(address));
    }

    [Fact]
    public void The_one_that_was_reached_comes_first()
    {
        string[] all = HostAddresses.Global(null, 4);
        Assert.SkipWhen(all.Length < 2, "This machine has one address.");
        Assert.Equal(all[^1], HostAddresses.Global(all[^1], 4)[0]);
        Assert.Single(HostAddresses.Global(null, 1));
    }
}
