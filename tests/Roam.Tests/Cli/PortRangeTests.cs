using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class PortRangeTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("60001", 60001, 60001)]
    [InlineData("60001:60999", 60001, 60999)]
    [InlineData("1:65535", 1, 65535)]
    public void Ports_and_ranges_are_read(string text, int low, int high)
    {
        Assert.True(PortRange.TryParse(text, out PortRange range, out _));
        Assert.Equal(new PortRange(low, high), range);
    }

    [Theory]
    [InlineData("", "\"\" is not a port number")]
    [InlineData("x", "\"x\" is not a port number")]
    [InlineData("+5", "\"+5\" is not a port number")]
    [InlineData("-5", "\"-5\" is not a port number")]
    [InlineData(" 5", "\" 5\" is not a port number")]
    [InlineData("0x5", "\"0x5\" is not a port number")]
    [InlineData("65536", "port 65536 is outside 0..65535")]
    [InlineData("99999999999999999999", "port 99999999999999999999 is outside 0..65535")]
    [InlineData("1:70000", "port 70000 is outside 0..65535")]
    [InlineData("60001:", "\"\" is not a port number")]
    [InlineData(":5", "\"\" is not a port number")]
    [InlineData("1:2:3", "\"2:3\" is not a port number")]
    [InlineData("60001-60999", "\"60001-60999\" is not a port number")]
    [InlineData("7:6", "low port 7 is greater than high port 6")]
    public void What_is_wrong_is_named(string text, string reason)
    {
        Assert.False(PortRange.TryParse(text, out _, out string error));
        Assert.Equal(reason, error);
    }

    [Theory]
    [InlineData("60001")]
    [InlineData("60001:60010")]
    public void A_range_prints_as_it_was_written(string text)
    {
        Assert.True(PortRange.TryParse(text, out PortRange range, out _));
        Assert.Equal(text, range.ToString());
    }
}
