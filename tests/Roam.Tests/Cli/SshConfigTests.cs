using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class SshConfigTests
{
    [Fact]
    public void A_direct_connection_is_known_by_what_is_not_said()
    {
        SshConfig config = SshConfig.Parse(["host box", "hostname 10.0.0.2", "stdinnull no", "sessiontype default", "controlmaster auto"]);
        Assert.True(config.IsDirect);
        Assert.Equal("10.0.0.2", config.HostName);
        Assert.Empty(config.Corrections());
    }

    [Theory]
    [InlineData("proxyjump a,b")]
    [InlineData("proxycommand nc %h %p")]
    public void A_detour_is_seen(string line)
    {
        Assert.False(SshConfig.Parse([line]).IsDirect);
    }

    [Fact]
    public void Options_that_would_take_our_pipes_are_set_back()
    {
        SshConfig config = SshConfig.Parse(["remotecommand tmux attach", "stdinnull yes", "forkafterauthentication yes", "sessiontype none", "proxycommand none"]);
        Assert.Equal(
            ["-o", "RemoteCommand=none", "-o", "StdinNull=no", "-o", "ForkAfterAuthentication=no", "-o", "SessionType=default"],
            config.Corrections());
        Assert.True(config.IsDirect);
    }

    [Fact]
    public void What_ssh_would_forward_is_read_and_taken_from_it()
    {
        SshConfig config = SshConfig.Parse(
        [
            "dynamicforward /tmp/a.sock", "dynamicforward 1080", "dynamicforward [*]:1081", "dynamicforward [::1]:1082", "localforward 8080 [localhost]:80",
            "localforward [127.0.0.1]:8081 [::1]:80", "localforward []:8085 [h]:80", "localforward /tmp/a.sock /tmp/b.sock", "remoteforward 9000 [socks]:0",
            "remoteforward 0 [h]:2", "remoteforward [::]:90 [h]:3", "exitonforwardfailure yes", "forwardagent yes",
        ]);
        Assert.Equal(
            "D 1080 D *:1081 D [::1]:1082 L 8080:localhost:80 L 127.0.0.1:8081:[::1]:80 L *:8085:h:80 L /tmp/a.sock:/tmp/b.sock R 9000 R 0:h:2 R [::]:90:h:3",
            string.Join(' ', config.Forwardings()));
        Assert.True(config.ExitOnForwardFailure);
        Assert.Equal(["-o", "ClearAllForwardings=yes", "-a"], config.Corrections());
    }

    [Fact]
    public void The_installed_ssh_prints_what_is_read_here()
    {
        List<string> ssh = ["ssh", "-F", "none", "-L", "8080:localhost:80", "-L", "/tmp/a:/tmp/b", "-R", "9000", "-D", "1080", "-A"];
        SshConfig config = SshConfig.Ask(ssh, "box");
        Assert.Equal("D 1080 L 8080:localhost:80 L /tmp/a:/tmp/b R 9000", string.Join(' ', config.Forwardings()));
        Assert.Equal("yes", config.ForwardAgent);
        SshConfig cleared = SshConfig.Ask([.. ssh, "-o", "ClearAllForwardings=yes"], "box");
        Assert.Empty(cleared.Forwardings());
        Assert.Equal("no", SshConfig.Ask([.. ssh, .. config.Corrections()], "box").ForwardAgent);
    }

    [Theory]
    [InlineData(false, null, null)]
    [InlineData(false, "no", null)]
    [InlineData(true, "no", "/run/agent")]
    [InlineData(false, "yes", "/run/agent")]
    [InlineData(true, "/other/agent", "/other/agent")]
    [InlineData(false, "$MY_AGENT", "/my/agent")]
    [InlineData(false, "${MY_AGENT}", "/my/agent")]
    [InlineData(false, "~/agent", "/home/me/agent")]
    [InlineData(true, "$UNSET", null)]
    public void The_agent_is_the_one_that_ssh_would_forward(bool isAsked, string? configured, string? expected)
    {
        string? path = AgentChoice.PathOf(isAsked, configured, name => name switch { "SSH_AUTH_SOCK" => "/run/agent", "MY_AGENT" => "/my/agent", "HOME" => "/home/me", _ => null });
        Assert.Equal(expected, path);
    }

    [Fact]
    public void A_program_that_is_no_ssh_tells_nothing()
    {
        Assert.Null(SshConfig.Ask(["false"], "box").HostName);
        Assert.Null(SshConfig.Ask(["/nonexistent/ssh"], "box").HostName);
        Assert.Equal("box.example", SshConfig.Ask(["sh", "-c", "echo hostname box.example; cat"], "box").HostName);
    }
}
