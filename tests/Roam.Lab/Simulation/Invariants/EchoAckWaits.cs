using Roam.Session;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Q3: the echo acknowledgement names a state only 50 ms (of the server's clock) after the program got it; a guess is not judged by a screen that cannot show its answer yet.</summary>
internal sealed class EchoAckWaits() : Invariant("Q3 echo acknowledgement")
{
    private readonly Queue<(ulong Number, long Position)> _received = new();
    private readonly Dictionary<ulong, long> _givenAtMicros = [];
    private ulong _acked;

    public override void AfterDelivery(SimWorld world, SimNode node, SimPacket packet, ReceiveResult result)
    {
        if (node == world.Server && result == ReceiveResult.NewState)
        {
            _received.Enqueue((node.RemoteNumber, world.Server.Session.Connection.Remote.Position));
        }
    }

    public override void AfterTurn(SimWorld world, SimNode node)
    {
        if (node != world.Server)
        {
            return;
        }

        ServerSession session = world.Server.Session;
        long now = node.Clock.Local(world.NowMicros).Micros;
        long given = session.Connection.Remote.Position - session.Input.WaitingCount;
        while (_received.TryPeek(out (ulong Number, long Position) state) && state.Position <= given)
        {
            _givenAtMicros[_received.Dequeue().Number] = now;
        }

        if (session.LocalState.EchoAck != _acked)
        {
            _acked = session.LocalState.EchoAck;
            Check(_givenAtMicros.TryGetValue(_acked, out long at), $"state {_acked} is echo-acknowledged and was not given to the program");
            Check(now - at >= EchoAckQueue.DelayMillis * 1000, $"state {_acked} is echo-acknowledged {now - at} us after the program got it");
        }
    }
}
