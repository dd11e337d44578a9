namespace Roam.Lab;

/// <summary>One direction of the path: decides what becomes of each datagram and when copies of it arrive.</summary>
internal sealed class SimLink(SimRandom random, SimEventQueue queue, Stack<SimPacket> pool)
{
    private const int IpAndUdpBytes = 28;

    private bool _inBurst;
    private long _busyUntilMicros;

    public LinkFaults Faults { get; set; } = LinkFaults.Healthy;

    /// <summary>A partition: everything is lost.</summary>
    public bool IsDown { get; set; }

    public long Dropped { get; private set; }

    public long Tampered { get; private set; }

    public bool RefusesAsTooLong(int datagramBytes) => Faults.TooLongBytes != 0 && datagramBytes + IpAndUdpBytes > Faults.TooLongBytes;

    public bool HasNoBuffer() => Faults.NoBuffer != 0 && random.Chance(Faults.NoBuffer);

    /// <summary>Takes the packet over.</summary>
    public void Send(long nowMicros, SimPacket packet)
    {
        int wireBytes = packet.Length + IpAndUdpBytes;
        bool blackHole = Faults.BlackHoleBytes != 0 && wireBytes > Faults.BlackHoleBytes;
        if (IsDown || blackHole || IsLost() || !TryQueue(nowMicros, wireBytes, out long sentMicros))
        {
            Dropped++;
            pool.Push(packet);
            return;
        }

        if (Faults.Duplicate != 0 && random.Chance(Faults.Duplicate))
        {
            SimPacket copy = pool.TryPop(out SimPacket? spare) ? spare : new SimPacket();
            copy.CopyFrom(packet);
            Arrive(sentMicros, copy);
        }

        Arrive(sentMicros, packet);
    }

    private void Arrive(long sentMicros, SimPacket packet)
    {
        Tamper(packet);
        long arrival = sentMicros + Faults.DelayMicros;
        if (Faults.JitterMicros != 0)
        {
            arrival += random.BetweenMicros(0, Faults.JitterMicros);
        }

        if (Faults.Reorder != 0 && random.Chance(Faults.Reorder))
        {
            arrival += random.BetweenMicros(0, Faults.ReorderMicros);
        }

        queue.Add(arrival, SimEventKind.Deliver, packet);
    }

    private void Tamper(SimPacket packet)
    {
        if (Faults.Corrupt != 0 && random.Chance(Faults.Corrupt))
        {
            int sure = random.Below(packet.Length);
            packet.Bytes[sure] ^= (byte)(1 + random.Below(255));
            for (int more = random.SmallBelow(8); more > 0; more--)
            {
                int place = random.Below(packet.Length);
                packet.Bytes[place] ^= place == sure ? (byte)0 : (byte)(1 << random.Below(8));
            }

            packet.IsTampered = true;
            Tampered++;
        }
        else if (Faults.Truncate != 0 && random.Chance(Faults.Truncate))
        {
            packet.Length = random.Below(packet.Length);
            packet.IsTampered = true;
            Tampered++;
        }
    }

    private bool IsLost()
    {
        if (Faults.BurstEnter != 0)
        {
            _inBurst = _inBurst ? !random.Chance(Faults.BurstLeave) : random.Chance(Faults.BurstEnter);
            if (_inBurst && random.Chance(Faults.BurstLoss))
            {
                return true;
            }
        }

        return Faults.Loss != 0 && random.Chance(Faults.Loss);
    }

    private bool TryQueue(long nowMicros, int wireBytes, out long sentMicros)
    {
        sentMicros = nowMicros;
        if (Faults.BytesPerSecond == 0)
        {
            return true;
        }

        long waiting = Math.Max(0, _busyUntilMicros - nowMicros) * Faults.BytesPerSecond / 1_000_000;
        if (waiting + wireBytes > Faults.QueueBytes)
        {
            return false;
        }

        _busyUntilMicros = Math.Max(_busyUntilMicros, nowMicros) + (wireBytes * 1_000_000L / Faults.BytesPerSecond);
        sentMicros = _busyUntilMicros;
        return true;
    }
}
