using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// S1: what a receiver holds as state n is what the sender called n. But for the screens before the server knows the client's window: state 0 is blank in each side's own size,
/// and the first diff that changes the size heals it (ssp.md section 3).
/// </summary>
internal sealed class StatesEqual() : Invariant("S1 states equal")
{
    private readonly Dictionary<ulong, ulong>[] _sent = [[], []];
    private readonly ulong[] _newest = new ulong[2];

    /// <summary>The first state in a size other than the server's initial one.</summary>
    private ulong _sizeKnownFrom = ulong.MaxValue;

    public override void OnTransmit(SimWorld world, SimNode node, SimPacket packet)
    {
        ulong number = node.LastSentNumber;
        if (number != _newest[(int)node.Side] && number != SspLimits.ShutdownNumber)
        {
            _newest[(int)node.Side] = number;
            _sent[(int)node.Side].Add(number, node.SentFingerprint);
            Screen screen = world.Server.Session.Connection.LastSentState.Screen;
            bool isInitial = screen.Width == world.Options.Server.Width && screen.Height == world.Options.Server.Height;
            if (node == world.Server && !isInitial)
            {
                _sizeKnownFrom = Math.Min(_sizeKnownFrom, number);
            }
        }
    }

    public override void AfterDelivery(SimWorld world, SimNode node, SimPacket packet, ReceiveResult result)
    {
        if (result == ReceiveResult.NewState && node.RemoteNumber != SspLimits.ShutdownNumber)
        {
            SimNode sender = world.Other(node);
            Check(_sent[(int)sender.Side].TryGetValue(node.RemoteNumber, out ulong sent), $"the {node.Name} holds state {node.RemoteNumber}, which was never sent");
            bool sizesDiffer = node == world.Client && node.RemoteNumber < _sizeKnownFrom && !SameSize(world);
            Check(sizesDiffer || node.RemoteFingerprint == sent, $"state {node.RemoteNumber} differs between the {sender.Name}, who sent it, and the {node.Name}");
        }
    }

    private static bool SameSize(SimWorld world)
    {
        Screen screen = world.Client.Session.Connection.Remote.Screen;
        return screen.Width == world.Options.Server.Width && screen.Height == world.Options.Server.Height;
    }
}
