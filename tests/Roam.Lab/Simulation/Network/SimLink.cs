namespace Roam.Lab;

/// <summary>One direction of the path: decides what becomes of each datagram and when copies of it arrive.</summary>
internal sealed class SimLink(SimRandom random, SimEventQueue queue, Stack<SimPacket> pool)
{
    private const int IpAndUdpBytes = 28;

    private bool _inBurst;
    private long _busyUntilMicros;
    private bool _isOut = true;
    private long _outageTurnsAtMicros;

    public LinkFaults Faults { get; set; } = LinkFaults.Healthy;

    /// <summary>A partition: everything is lost.</summary>
    public bool IsDown { get; set; }

    /// <summary>A firewall drops UDP.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Longest time that a datagram spent in the queue and on the wire of a limited rate; whoever measures sets it back.</summary>
    public long LongestQueueMicros { get; set; }

    public long Dropped { get; private set; }

    public long Tampered { get; private set; }

    public bool RefusesAsTooLong(int datagramBytes) => Faults.TooLongBytes != 0 && datagramBytes + IpAndUdpBytes > Faults.TooLongBytes;

    public bool HasNoBuffer() => Faults.NoBuffer != 0 && random.Chance(Faults.NoBuffer);

    /// <summary>Takes the packet over.</summary>
    public void Send(long nowMicros, SimPacket packet)
    {
        int wireBytes = packet.Length + IpAndUdpBytes;
        bool blackHole = Faults.BlackHoleBytes != 0 && wireBytes > Faults.BlackHoleBytes;
        if (IsDown || IsBlocked || blackHole || IsOut(nowMicros) || IsLost() || !TryQueue(nowMicros, wireBytes, out long sentMicros))
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

    /// <summary>A packet that is no datagram of ours, through the same queue: when it arrives. False: lost.</summary>
    public bool TryCarry(long nowMicros, int wireBytes, out long arrivalMicros)
    {
        arrivalMicros = 0;
        if (IsDown || IsOut(nowMicros) || IsLost() || !TryQueue(nowMicros, wireBytes, out long sentMicros))
        {
            Dropped++;
            return false;
        }

        arrivalMicros = sentMicros + Faults.DelayMicros;
        return true;
    }

    private void Arrive(long sentMicros, SimPacket packet)
    {
        Tamper(packet);
        long arrival = sentMicros + Faults.DelayMicros;
        if (Faults.JitterMicros != 0)
        {
            arrival += random.BetweenMicros(0, Faults.JitterMicros);
        }

        if (Faults.JitterDeviationMicros != 0)
        {
            arrival = Math.Max(sentMicros, arrival + random.NormalMicros(Faults.JitterDeviationMicros));
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

    private bool IsOut(long nowMicros)
    {
        if (Faults.OutageMicros == 0)
        {
            return false;
        }

        // The longest silence of a session is seconds, the shortest burst milliseconds: a bounded number of turns. The first one begins a calm.
        while (_outageTurnsAtMicros <= nowMicros)
        {
            _isOut = !_isOut;
            _outageTurnsAtMicros += 1 + random.ExponentialMicros(_isOut ? Faults.OutageMicros : Faults.CalmMicros);
        }

        return _isOut;
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
        LongestQueueMicros = Math.Max(LongestQueueMicros, _busyUntilMicros - nowMicros);
        return true;
    }
}
