namespace Roam.Tests.EndToEnd;

/// <summary>The client sees the target: nothing is in the way.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class DirectTests
{
    [Fact]
    public void A_session_begins_by_the_hosts_name_and_ends_with_its_shell()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target);
        login.Work();
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_session_runs_where_there_is_only_IPv6()
    {
        Assert.SkipUnless(File.Exists("/proc/net/if_inet6"), "This machine has no IPv6.");
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        target.Ip($"-4 address flush dev {world.Client.Cable}");
        world.Client.Know(target, target.Addresses.Where(a => a.Contains(':', StringComparison.Ordinal)));
        using Login login = Login.Open(world, target);
        login.Work();
        login.Leave();
    }

    [Fact]
    public void A_session_goes_on_after_everything_was_dropped_for_a_while()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target);
        login.Work();
        target.BlockAll();
        login.Window.Type("echo $((20+3))-late\r");
        target.Unblock();
        login.Window.WaitForText("23-late");
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }
}
