using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class JumpHostTests
{
    [Theory]
    [InlineData("bastion", null, "bastion", null, "bastion")]
    [InlineData("alice@bastion:2222", "alice", "bastion", 2222, "alice@bastion:2222")]
    [InlineData("alice@corp@bastion", "alice@corp", "bastion", null, "alice@corp@bastion")]
    [InlineData("[192.0.2.1]", null, "192.0.2.1", null, "192.0.2.1")]
    [InlineData("[2001:db8::1]:22", null, "2001:db8::1", 22, "[2001:db8::1]:22")]
    [InlineData("2001:db8::1", null, "2001:db8::1", null, "[2001:db8::1]")]
    [InlineData("ssh://bob@bastion:22/", "bob", "bastion", 22, "bob@bastion:22")]
    public void A_jump_host_is_read_as_ssh_reads_it(string text, string? user, string host, int? port, string again)
    {
        JumpHost jump = Assert.Single(JumpHost.ParseList(text)!);
        Assert.Equal((user, host, port), (jump.User, jump.Host, jump.Port));
        Assert.Equal(again, jump.ToString());
    }

    [Fact]
    public void A_list_is_in_the_order_of_the_way() =>
        Assert.Equal(["one", "two", "three"], JumpHost.ParseList("one,bob@two:22,three")!.Select(j => j.Host));

    [Theory]
    [InlineData("host:port")]
    [InlineData("host:0")]
    [InlineData("alice@")]
    [InlineData("one,-oProxyCommand=x")]
    public void What_is_no_list_is_refused(string text) => Assert.Null(JumpHost.ParseList(text));

    [Theory]
    [InlineData("ssh", "ssh")]
    [InlineData("ssh -F cfg -p 2222 -i key", "ssh -F cfg")]
    [InlineData("ssh -4vFcfg -J other", "ssh -F cfg")]
    [InlineData("ssh -p 22 -o F=x -l F", "ssh")]
    [InlineData("env A=b ssh -vF cfg -C", "env A=b ssh -F cfg")]
    public void Of_the_user_s_words_a_jump_gets_what_ssh_hands_on(string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', JumpWords.Own(words.Split(' '))));

    [Fact]
    public void The_words_for_a_jump_lead_through_those_before_it()
    {
        List<JumpHost> way = JumpHost.ParseList("one,bob@two:2222")!;
        Assert.Equal("ssh -o BatchMode=yes -o ConnectTimeout=10 -T one", string.Join(' ', JumpWords.To(["ssh"], [], way[0], [])));
        Assert.Equal(
            "ssh -l bob -p 2222 -J one -o RemoteCommand=none -o BatchMode=yes -o ConnectTimeout=10 -T two",
            string.Join(' ', JumpWords.To(["ssh"], way[..1], way[1], ["-o", "RemoteCommand=none"])));
    }
}
