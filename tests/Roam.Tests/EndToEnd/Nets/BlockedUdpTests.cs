namespace Roam.Tests.EndToEnd;

/// <summary>A firewall drops UDP and tells nobody.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class BlockedUdpTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_session_begins_over_ssh_where_UDP_is_dropped(bool towardsTarget, bool towardsClient)
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        Block(towardsTarget ? target : null, towardsClient ? world.Client : null);
        using Login login = Login.Open(world, target);
        login.Work();
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_session_goes_over_to_ssh_when_UDP_is_dropped_later_and_back_when_it_is_allowed()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target);
        login.WorkUntilByUdp();
        NetWorld.WaitFor("the end of ssh", () => world.Client.ProcessesNamed("ssh").Length == 0);
        for (int i = 0; i < 2; i++)
        {
            Block(target, world.Client);
            login.Work();
            Assert.NotEmpty(world.Client.ProcessesNamed("ssh"));
            target.Unblock();
            world.Client.Unblock();
            login.WorkUntilByUdp();
            NetWorld.WaitFor("the end of ssh", () => world.Client.ProcessesNamed("ssh").Length == 0);
        }

        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_session_over_ssh_goes_on_when_ssh_is_killed()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        Block(target, world.Client);
        using Login login = Login.Open(world, target);
        login.Work();
        for (int i = 0; i < 2; i++)
        {
            world.Client.Kill("ssh");
            login.Window.Type($"echo typed-{i}\r");
            login.Work();
        }

        login.AssertNothingLost();
        login.AssertOnce("typed-0");
        login.AssertOnce("typed-1");
        login.Leave();
    }

    /// <summary>What a program prints meanwhile is there afterwards.</summary>
    [Fact]
    public void Output_that_comes_while_ssh_is_away_is_shown_by_the_next_one()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        Block(target, world.Client);
        string gate = Sandbox.NewFile("gate");
        using Login login = Login.Open(world, target);
        login.Window.Type($"mkfifo {gate}; cat {gate}\r");
        NetWorld.WaitFor("the pipe", () => File.Exists(gate));
        world.Client.Kill("ssh");
        File.WriteAllText(gate, string.Concat(Enumerable.Range(0, 200).Select(i => $"row {i}\n")));
        login.Window.WaitForText("row 199");
        login.Work();
        login.AssertOnce("row 0");
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void With_transport_ssh_no_datagram_is_sent()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target, "--transport=ssh", "target");
        login.Work();
        Assert.Equal(0, target.DatagramsIn);
        login.Leave();
    }

    private static void Block(params NetHost?[] hosts)
    {
        foreach (NetHost? host in hosts)
        {
            host?.BlockUdp();
        }
    }
}
