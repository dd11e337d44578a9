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
    public void A_program_that_is_no_ssh_tells_nothing()
    {
        Assert.Null(SshConfig.Ask(["false"], "box").HostName);
        Assert.Null(SshConfig.Ask(["/nonexistent/ssh"], "box").HostName);
        Assert.Equal("box.example", SshConfig.Ask(["sh", "-c", "echo hostname box.example; cat"], "box").HostName);
    }
}
