namespace Roam.Tests.EndToEnd;

/// <summary>The client is hidden behind a router.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class NatTests
{
    [Fact]
    public void A_session_goes_on_when_the_router_forgets_its_mappings()
    {
        using NetWorld world = NetWorld.BehindNat(out NatRouter router, out NetHost target);
        target.InstallRoam();
        using Login login = Login.Open(world, target);
        login.Work();
        for (int i = 0; i < 3; i++)
        {
            router.Rebind();
            login.Work();
        }

        login.AssertNothingLost();
        login.Leave();
    }

    [Fact]
    public void A_session_goes_on_when_the_router_gets_another_address()
    {
        using NetWorld world = NetWorld.BehindNat(out NatRouter router, out NetHost target);
        target.InstallRoam();
        using Login login = Login.Open(world, target);
        login.Work();
        router.ChangeAddress(target);
        login.Work();
        login.AssertNothingLost();
        login.Leave();
    }
}
