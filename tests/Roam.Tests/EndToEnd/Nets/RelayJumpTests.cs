using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>The target is behind bastions: no packet goes from the client to it but through programs on the way.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class RelayJumpTests
{
    private const string RelayName = "roam-relay";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_session_finds_its_way_over_relays_and_lives_on_without_ssh(int bastions)
    {
        List<NetHost> hosts = [];
        using NetWorld world = NetWorld.Chain(bastions, out NetHost target, h =>
        {
            h.InstallRoam();
            hosts.Add(h);
        });
        using Login login = Login.Open(world, target);
        login.Work();
        NetHost[] onTheWay = [.. hosts.Where(h => h != target)];
        foreach (NetHost bastion in onTheWay)
        {
            NetWorld.WaitFor($"a relay on {bastion.Name}", () => bastion.ProcessesNamed(RelayName).Length == 1);
        }

        // Whatever came through ssh so far cannot any more.
        NetWorld.WaitFor("the session to leave ssh", () => world.Client.ProcessesNamed("ssh").Length == 0);
        foreach (NetHost host in hosts)
        {
            KillSshd(host);
        }

        login.Work();
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void The_search_prints_the_chain_from_the_client_s_side()
    {
        using NetWorld world = NetWorld.Chain(2, out _, h => h.InstallRoam());
        (int code, string output, string error) = world.Client.Run(Programs.Roam, "relay", "--find", "--to", "target:60001", "--", "ssh", "target");
        Assert.True(code == 0, error);
        Assert.Matches(PlaceLine(), output);
    }

    [Fact]
    public void A_jump_host_s_own_jump_in_the_configuration_is_followed()
    {
        using NetWorld world = NetWorld.Chain(2, out _, h => h.InstallRoam());
        world.Client.WriteSshConfig("Host target\n  ProxyJump bastion2\nHost bastion2\n  ProxyJump bastion1\n");
        (int code, string output, string error) = world.Client.Run(Programs.Roam, "relay", "--find", "--to", "target:60001", "--", "ssh", "target");
        Assert.True(code == 0, error);
        Assert.Matches(PlaceLine(), output);
    }

    [Fact]
    public void A_bastion_without_roam_gets_it()
    {
        using NetWorld world = NetWorld.Chain(1, out _);
        (int code, string output, string error) = world.Client.Run(Programs.Roam, "relay", "--find", "--to", "target:60001", "--", "ssh", "target");
        Assert.True(code == 0, error);
        Assert.Contains("ROAM PLACE 10.77.1.2;", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_jump_host_there_is_nothing_to_find()
    {
        using NetWorld world = NetWorld.Direct(out _);
        (int code, string output, string error) = world.Client.Run(Programs.Roam, "relay", "--find", "--to", "target:60001", "--", "ssh", "target");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("no jump host", error, StringComparison.Ordinal);
    }

    private static void KillSshd(NetHost host)
    {
        foreach (string name in (string[])["sshd", "sshd-session"])
        {
            foreach (int pid in host.ProcessesNamed(name))
            {
                Processes.Signal(pid, Processes.SIGKILL);
            }
        }
    }

    [GeneratedRegex(@"^(ROAM PLACE (10\.77\.1\.2|fd77:1::2);60\d{3};[0-9a-f]{64}\n){2}$")]
    private static partial Regex PlaceLine();
}
