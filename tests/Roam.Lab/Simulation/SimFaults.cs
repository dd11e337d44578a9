namespace Roam.Lab;

/// <summary>Draws what befalls the path and the machines, one thing at a time, by the plan's weights.</summary>
internal sealed class SimFaults(FaultPlan plan, SimRandom random)
{
    private bool _isStopped;

    public void Stop() => _isStopped = true;

    public void Schedule(SimWorld world)
    {
        if (!plan.IsNone && !_isStopped)
        {
            world.Queue.Add(world.NowMicros + (1000L * (1 + random.SmallBelow(plan.MeanMillis * 3))), SimEventKind.Fault);
        }
    }

    public void Act(SimWorld world)
    {
        if (_isStopped)
        {
            return;
        }

        int draw = random.Below(plan.WeightSum);
        if ((draw -= plan.Partition) < 0)
        {
            Partition(world, random.BetweenMicros(50_000, 8_000_000));
        }
        else if ((draw -= plan.LongPartition) < 0)
        {
            Partition(world, random.BetweenMicros(15_000_000, 90_000_000));
        }
        else if ((draw -= plan.Roam) < 0)
        {
            world.Roam();
        }
        else if ((draw -= plan.ClientSleep) < 0)
        {
            Sleep(world, world.Client);
        }
        else if ((draw -= plan.ServerSleep) < 0)
        {
            Sleep(world, world.Server);
        }
        else if ((draw -= plan.ClockJump) < 0)
        {
            JumpClock(world, random.Chance(500) ? world.Client : world.Server, random.BetweenMicros(10_000, 600_000_000));
        }
        else if (draw - plan.NewLink < 0)
        {
            world.Trace.Note(world.NowMicros, "world", "new link");
            world.Up.Faults = world.DrawFaults();
            world.Down.Faults = world.DrawFaults();
        }
        else
        {
            world.Server.PtyBlockedUntilMicros = world.NowMicros + random.BetweenMicros(10_000, 5_000_000);
        }

        Schedule(world);
    }

    private void Partition(SimWorld world, long micros)
    {
        int which = random.Below(4);
        world.Trace.Note(world.NowMicros, "world", "partition", (ulong)which, (ulong)micros);
        world.Up.IsDown |= which != 1;
        world.Down.IsDown |= which != 2;
        world.Queue.Add(world.NowMicros + micros, SimEventKind.Step, step: () => world.Up.IsDown = world.Down.IsDown = false);
    }

    private void Sleep(SimWorld world, SimNode node)
    {
        if (!node.IsAsleep)
        {
            Sleep(world, node, random.BetweenMicros(10_000, random.Chance(300) ? 100_000_000 : 4_000_000), clockStops: random.Chance(500));
        }
    }

    /// <summary>A laptop's lid is closed. Linux stops CLOCK_MONOTONIC meanwhile; other clocks go on.</summary>
    public static void Sleep(SimWorld world, SimNode node, long micros, bool clockStops)
    {
        world.Trace.Note(world.NowMicros, node.Name, "sleeps", (ulong)micros, clockStops ? 1ul : 0);
        node.Sleep();
        long wakesAt = world.NowMicros + micros;
        long fellAsleepAt = world.NowMicros;
        world.Queue.Add(wakesAt, SimEventKind.Step, step: () =>
        {
            if (!node.IsAsleep)
            {
                return;
            }

            if (clockStops)
            {
                node.Clock.OffsetMicros -= world.NowMicros - fellAsleepAt;
            }

            node.DisturbedUntilMicros = world.NowMicros + 1_000_000;
            world.WakeUp(node);
            if (node == world.Client)
            {
                world.Client.NetworkChanged(world);
            }
        });
    }

    public static void JumpClock(SimWorld world, SimNode node, long micros)
    {
        world.Trace.Note(world.NowMicros, node.Name, "clock jumps", (ulong)micros);
        node.Clock.OffsetMicros += micros;
        node.DisturbedUntilMicros = world.NowMicros + 1_000_000;
    }
}
