using Roam.Cli;
using Roam.Host;

namespace Roam.Tests.Cli.Copy;

public sealed class CopyArgumentsTests
{
    [Fact]
    public void Letters_are_scps_and_stand_before_or_after_the_files()
    {
        Assert.True(CopyArguments.TryParse(["-rpP", "2222", "a", "-q", "b", "host:c", "-i", "key", "-oA=b", "-3", "-l800"], out CopyArguments parsed, out string error), error);
        Assert.Equal(CopyFlags.Recursive | CopyFlags.Preserve, parsed.CopyFlags);
        Assert.True(parsed.IsQuiet);
        Assert.Equal(["-p", "2222", "-i", "key", "-o", "A=b"], parsed.ConnectionWords);
        Assert.Equal(["a", "b"], parsed.Sources.Select(s => s.Path));
        Assert.Equal("host", parsed.Destination.Host);
        Assert.Equal(100_000, parsed.BytesPerSecond);
    }

    [Fact]
    public void What_follows_two_dashes_is_a_file()
    {
        Assert.True(CopyArguments.TryParse(["--", "-r", "b"], out CopyArguments parsed, out _));
        Assert.Equal("-r", parsed.Sources[0].Path);
        Assert.Equal(CopyFlags.None, parsed.CopyFlags);
    }

    [Theory]
    [InlineData("2M", 2_000_000)]
    [InlineData("1.5k", 1_500)]
    [InlineData("1000", 1_000)]
    public void A_rate_may_have_a_unit(string text, long expected)
    {
        Assert.True(CopyArguments.TryParse(["--bwlimit", text, "--links", "a", "b"], out CopyArguments parsed, out _));
        Assert.Equal(expected, parsed.BytesPerSecond);
        Assert.Equal(CopyFlags.Links, parsed.CopyFlags);
    }

    [Theory]
    [InlineData("-Z", "a", "b")]
    [InlineData("--link", "a", "b")]
    [InlineData("--bwlimit=fast", "a", "b")]
    [InlineData("a")]
    [InlineData()]
    [InlineData("a", "b", "-P")]
    public void What_makes_no_sense_is_told(params string[] words)
    {
        Assert.False(CopyArguments.TryParse(words, out _, out string error));
        Assert.NotEqual("", error);
    }
}
