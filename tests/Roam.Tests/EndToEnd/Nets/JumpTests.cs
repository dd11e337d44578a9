namespace Roam.Tests.EndToEnd;

/// <summary>The target cannot be reached by the client, only by the bastion before it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class JumpTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_session_through_bastions_begins_over_ssh(int bastions)
    {
        using NetWorld world = NetWorld.Chain(bastions, out NetHost target, h => h.InstallRoam());
        using Login login = Login.Open(world, target);
        login.Work();
        world.Client.Kill("ssh");
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_bastion_on_the_command_line_is_as_good_as_one_in_the_configuration()
    {
        using NetWorld world = NetWorld.Chain(1, out NetHost target, h => h.InstallRoam());
        world.Client.WriteSshConfig("");
        using Login login = Login.Open(world, target, "-J", "bastion1", "target");
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }
}
