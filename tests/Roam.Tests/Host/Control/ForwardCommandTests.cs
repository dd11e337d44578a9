using Roam.Host;

namespace Roam.Tests.Host;

public sealed class ForwardCommandTests
{
    [Theory]
    [InlineData("-L 8080:h:80", "Add L 8080:h:80")]
    [InlineData(" -L8080:h:80 ", "Add L 8080:h:80")]
    [InlineData("-D 1080", "Add D 1080")]
    [InlineData("-r 0:h:80", "Add R 0:h:80")]
    [InlineData("-KL 8080", "Remove L 8080")]
    [InlineData("-KD1080", "Remove D 1080")]
    [InlineData("-K 8080", "Remove   8080")]
    [InlineData("list", "List   ")]
    [InlineData("", "Help   ")]
    [InlineData("?", "Help   ")]
    public void Lines_are_read_as_after_sshs_tilde_C(string line, string expected)
    {
        Assert.True(ForwardCommand.TryParse(line, out ForwardCommand command, out _));
        Assert.Equal(expected, $"{command.Verb} {command.Letter} {command.Text}");
    }

    [Theory]
    [InlineData("-L")]
    [InlineData("-K")]
    [InlineData("-KX 1")]
    [InlineData("8080:h:80")]
    [InlineData("-X 80")]
    [InlineData("-")]
    public void What_is_no_line_is_explained(string line)
    {
        Assert.False(ForwardCommand.TryParse(line, out _, out string error));
        Assert.Equal($"not understood: {line}. {ForwardCommand.Usage}", error);
    }

    [Theory]
    [InlineData("-KL 8080", 'L', "8080:h:80", true)]
    [InlineData("-KL 8080", 'R', "8080:h:80", false)]
    [InlineData("-K 8080", 'R', "8080:h:80", true)]
    [InlineData("-KL 8080", 'L', "127.0.0.1:8080:h:80", true)]
    [InlineData("-KL 127.0.0.1:8080", 'L', "127.0.0.1:8080:h:80", true)]
    [InlineData("-KL 8080", 'L', "[::1]:8080:h:80", true)]
    [InlineData("-KL 8080:h:80", 'L', "8080:h:80", true)]
    [InlineData("-KL 80", 'L', "8080:h:80", false)]
    [InlineData("-KL 80", 'L', "8080:80:80", false)]
    [InlineData("-KD 1080", 'D', "*:1080", true)]
    [InlineData("-KD 1080", 'D', "1080", true)]
    [InlineData("-KL 53", 'L', "udp:53:h:53", true)]
    [InlineData("-KL 5353", 'L', "udp:localhost:5353:h:53", true)]
    [InlineData("-KL /tmp/s", 'L', "/tmp/s:h:80", true)]
    [InlineData("-KL 1", 'L', "[", false)]
    public void A_forwarding_is_named_by_its_listening_part(string line, char letter, string spec, bool isMeant)
    {
        Assert.True(ForwardCommand.TryParse(line, out ForwardCommand command, out _));
        Assert.Equal(isMeant, command.Means(letter, spec));
    }
}
