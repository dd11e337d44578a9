using Roam.Terminal;

namespace Roam.Lab;

/// <summary>L5: once both are equal and nothing moves any more, the client knows the flags that the program's terminal has.</summary>
internal sealed class FarTerminalKnown() : Invariant("L5 far terminal")
{
    public override void AtEndOf(SimWorld world, SimPhase phase)
    {
        FarTerminal real = world.Server.Program.FarTerminalAt(world.NowMicros);
        if (phase == SimPhase.Settling && real.IsKnown)
        {
            FarTerminal known = world.Client.Session.Connection.Remote.FarTerminal with { IsAlternateScreen = false };
            Check(known == real, $"the client believes {known}, the program's terminal is {real}");
        }
    }
}
