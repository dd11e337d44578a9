using Roam.Transport;

namespace Roam.Lab;

/// <summary>Mistakes with sequence numbers, by a box on the path that has the key.</summary>
internal sealed class SequenceBug(PlantedBug bug, SessionKey key) : SimBugBox
{
    private const int ReuseEvery = 10;

    private readonly SimSeal _seal = new(key);
    private readonly ulong[] _newest = new ulong[2];
    private int _sent;

    public override bool OnTransmit(SimPacket packet)
    {
        _sent++;
        ulong sequence = SimSeal.SequenceOf(packet.Datagram);
        _newest[(int)packet.Destination] = Math.Max(_newest[(int)packet.Destination], sequence);
        if (bug == PlantedBug.NonceReused && _sent % ReuseEvery == 0 && sequence > 0)
        {
            _seal.Reseal(packet, sequence - 1);
        }

        return true;
    }

    public override void OnReplay(SimPacket packet)
    {
        if (bug == PlantedBug.NonceReused || packet.IsTampered)
        {
            return;
        }

        if (bug == PlantedBug.AddressFollowsReplay)
        {
            packet.Address = new SimAddress(666, 6666);
        }

        _seal.Reseal(packet, ++_newest[(int)packet.Destination]);
    }
}
