using Roam.Transport;

namespace Roam.Lab;

/// <summary>Somebody on the path without the key: sends old datagrams again, from their own address or a strange one, cut or changed, and noise.</summary>
internal sealed class SimAttacker(int meanMillis, SimRandom random)
{
    /// <summary>Datagrams remembered.</summary>
    private const int CapturedMax = 64;

    private readonly List<SimPacket> _captured = [];
    private readonly SimAddress _ownAddress = new(666, 6666);
    private bool _isStopped;
    private int _next;

    public void Stop() => _isStopped = true;

    public void Schedule(SimWorld world)
    {
        if (meanMillis != 0 && !_isStopped)
        {
            world.Queue.Add(world.NowMicros + (1000L * (1 + random.SmallBelow(meanMillis * 3))), SimEventKind.Attack);
        }
    }

    /// <summary>Remembers a copy of what was delivered untouched.</summary>
    public void Capture(SimPacket packet)
    {
        if (meanMillis == 0 || packet.IsTampered || packet.IsRepeat || random.Below(4) != 0)
        {
            return;
        }

        if (_captured.Count < CapturedMax)
        {
            _captured.Add(new SimPacket());
            _next = _captured.Count - 1;
        }

        _captured[_next].CopyFrom(packet);
        _next = (_next + 1) % CapturedMax;
    }

    public void Act(SimWorld world)
    {
        if (_isStopped)
        {
            return;
        }

        SimPacket packet = world.NewPacket();
        if (_captured.Count == 0 || random.Below(4) == 0)
        {
            Invent(packet);
        }
        else
        {
            packet.CopyFrom(_captured[random.Below(_captured.Count)]);
            packet.IsRepeat = true;
            if (random.Below(2) == 0)
            {
                packet.Address = _ownAddress;
            }

            if (random.Below(4) == 0)
            {
                packet.Bytes[random.Below(packet.Length)] ^= (byte)(1 + random.Below(255));
                packet.IsTampered = true;
            }

            world.BugBox.OnReplay(packet);
        }

        world.Trace.Note(world.NowMicros, "attacker", "sends", packet.Sequence, (ulong)packet.Length);
        world.Queue.Add(world.NowMicros + 1000, SimEventKind.Deliver, packet);
        Schedule(world);
    }

    private void Invent(SimPacket packet)
    {
        packet.Length = random.SmallBelow(1500);
        random.Fill(packet.Bytes.AsSpan(0, packet.Length));
        packet.Destination = random.Below(2) == 0 ? Side.Client : Side.Server;
        packet.Address = _ownAddress;
        packet.IsTampered = true;
        packet.Sequence = 0;
    }
}
