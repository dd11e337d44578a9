namespace Roam.Tests.EndToEnd;

/// <summary>The target cannot be reached by the client; relays on the bastions hand the datagrams on.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RelayedTests
{
    /// <summary>First by ssh through the bastions, and as soon as relays are there, by UDP through them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_session_through_bastions_begins_at_once_and_goes_over_to_UDP_through_relays(int bastions)
    {
        using NetWorld world = NetWorld.Chain(bastions, out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target);
        login.Work();
        login.WorkUntilByUdp();
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_bastion_on_the_command_line_gets_a_relay_too()
    {
        using NetWorld world = NetWorld.Chain(1, out NetHost target, h => h.InstallRoam());
        world.Client.WriteSshConfig("");
        using Login login = Login.Open(world, target, "-J", "bastion1", "target");
        login.WorkUntilByUdp();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_session_through_a_relay_goes_on_when_every_ssh_is_gone()
    {
        using NetWorld world = NetWorld.Chain(1, out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target);
        login.WorkUntilByUdp();
        foreach (int ssh in world.Client.ProcessesNamed("ssh"))
        {
            Processes.Signal(ssh, Processes.SIGKILL);
        }

        login.WorkUntilByUdp();
        login.AssertNothingLost();
        login.Leave();
    }

    /// <summary>Nothing is on the bastion: the relay is brought along as the server is.</summary>
    [Fact]
    public void A_bastion_without_Roam_gets_one()
    {
        using NetWorld world = NetWorld.Chain(1, out NetHost target);
        using Login login = Login.Open(world, target);
        login.WorkUntilByUdp();
        login.AssertNothingLost();
        login.Leave();
    }
}
