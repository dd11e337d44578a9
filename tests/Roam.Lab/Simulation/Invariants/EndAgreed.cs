namespace Roam.Lab;

/// <summary>L3: on a path that works the end is agreed by both within the tries it may take.</summary>
internal sealed class EndAgreed() : Invariant("L3 end")
{
    public override void AtEndOf(SimWorld world, SimPhase phase)
    {
        if (phase != SimPhase.Ending)
        {
            return;
        }

        Check(world.Client.IsFinished, "the client does not end");
        Check(world.Server.IsFinished, "the server does not end");
        Check(world.Client.Session.CleanShutdown, "the client does not know that the end was agreed");
        Check(world.Client.HasShutDown, "the client does not report its end");
    }
}
