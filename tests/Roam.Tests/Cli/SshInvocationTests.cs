using Roam.Cli;

namespace Roam.Tests.Cli;

/// <summary>The words for ssh, held against what stock mosh 1.4.0 was seen to pass.</summary>
public sealed class SshInvocationTests
{
    private static readonly string[] Own = ["/usr/bin/mosh"];

    [Fact]
    public void The_plain_call_is_the_stock_one()
    {
        Assert.Equal(
            [
                "ssh", "-n", "-tt", "-S", "none", "-o", "ProxyCommand='/usr/bin/mosh' '--family=prefer-inet' --fake-proxy -- %h %p", "u@h", "--",
                "mosh-server 'new' '-c' '256' '-s' '-l' 'LANG=C.UTF-8' '-l' 'LC_TIME=C.UTF-8'",
            ],
            Words("u@h"));
    }

    [Fact]
    public void Options_reach_ssh_and_server()
    {
        Assert.Equal(
            [
                "my ssh", "-x", "-n", "-S", "none", "-o", "ProxyCommand='/usr/bin/mosh' '--family=inet6' --fake-proxy -- %h %p", "h", "--",
                "/opt/s 'new' '-c' '256' '-i' '1.2.3.4' '-p' '60001:60002' '-l' 'LANG=C.UTF-8' '-l' 'LC_TIME=C.UTF-8' '--' 'ls' '-l' 'it'\\''s'",
            ],
            Words("--ssh='my ssh' -x", "--no-ssh-pty", "-6", "--bind-server=1.2.3.4", "-p", "60001:60002", "--server=/opt/s", "--", "h", "ls", "-l", "it's"));
    }

    [Fact]
    public void The_far_side_tells_its_address_when_it_is_asked_to()
    {
        List<string> words = Words("--experimental-remote-ip=remote", "--bind-server=any", "h");
        Assert.Equal(["ssh", "-n", "-tt", "h", "--"], words[..^1]);
        Assert.EndsWith(" ; mosh-server 'new' '-c' '256' '-l' 'LANG=C.UTF-8' '-l' 'LC_TIME=C.UTF-8'", words[^1], StringComparison.Ordinal);
        Assert.Contains("MOSH SSH_CONNECTION", words[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_percent_sign_in_our_own_path_survives_ssh()
    {
        WrapperOptions options = new() { Host = "h" };
        List<string>? words = SshInvocation.Build(options, "h", "s", ["/tmp/50% off/roam", "mosh"]);
        Assert.Contains("ProxyCommand='/tmp/50%% off/roam' 'mosh' '--family=prefer-inet' --fake-proxy -- %h %p", words!);
    }

    [Fact]
    public void An_ssh_command_with_an_open_quote_is_refused()
    {
        Assert.Null(SshInvocation.Build(new WrapperOptions { SshCommandLine = "ssh 'x" }, "h", "s", Own));
    }

    private static List<string> Words(params string[] arguments)
    {
        Assert.True(MoshArguments.TryParse(arguments, out WrapperOptions options, out string error), error);
        return SshInvocation.Build(options, options.Host!, ServerCommand.ForShell(options, 256, ["LANG=C.UTF-8", "LC_TIME=C.UTF-8"]), Own)!;
    }
}
