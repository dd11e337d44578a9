using Roam.Cli;

namespace Roam.Tests.Cli.Copy;

public sealed class CopyPlaceTests
{
    [Theory]
    [InlineData("file", null, "file")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("/a:b", null, "/a:b")]
    [InlineData(":a", null, ":a")]
    [InlineData("host:file", "host", "file")]
    [InlineData("host:", "host", "")]
    [InlineData("host:a:b", "host", "a:b")]
    [InlineData("host:/a b", "host", "/a b")]
    [InlineData("user@host:~/x", "user@host", "~/x")]
    [InlineData("[::1]:file", "::1", "file")]
    [InlineData("user@[fe80::1%eth0]:/x", "user@fe80::1%eth0", "/x")]
    [InlineData("[a]", null, "[a]")]
    [InlineData("[a]b:c", null, "[a]b:c")]
    [InlineData("scp://host/file", "host", "file")]
    [InlineData("scp://user@host:2222//abs%20x", "user@host", "/abs x")]
    [InlineData("scp://[::1]:22/x", "::1", "x")]
    [InlineData("scp://host", "host", "")]
    public void A_word_is_read_as_by_scp(string word, string? host, string path)
    {
        Assert.True(CopyPlace.TryParse(word, out CopyPlace place, out string error), error);
        Assert.Equal(host, place.Host);
        Assert.Equal(path, place.Path);
    }

    [Fact]
    public void An_address_may_name_the_port()
    {
        Assert.True(CopyPlace.TryParse("scp://host:2222/x", out CopyPlace place, out _));
        Assert.Equal("2222", place.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-oProxyCommand=evil:x")]
    [InlineData("user@-x:y")]
    [InlineData("@:x")]
    [InlineData("scp:///x")]
    [InlineData("scp://host:0/x")]
    [InlineData("scp://host:99999/x")]
    [InlineData("a b:x")]
    public void What_has_no_host_is_told(string word)
    {
        Assert.False(CopyPlace.TryParse(word, out _, out string error));
        Assert.NotEqual("", error);
    }
}
