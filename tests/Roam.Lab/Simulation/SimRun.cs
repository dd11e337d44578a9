using Roam.Session;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>One seed through its phases: busy, healed and settling, idle, the end.</summary>
internal static class SimRun
{
    public const long IdleMillis = 12_000;

    /// <summary>
    /// L1: longest time from "all is well, everybody rests" to "both are equal": a peer silent for over 10 s gets only the regular acknowledgement (3 s), then two of the
    /// longest retransmission times (1.1 s) and some round trips; doubled.
    /// </summary>
    private const long SettleMillisMax = 12_000;

    /// <summary>H4: a full history over a path that was bad a moment ago; its rate is found out anew.</summary>
    private const long LinesMillisMax = 20_000;

    /// <summary>A paste that waits goes out one window a round trip.</summary>
    private const long SettleMillisPerWindow = 1000;

    /// <summary>16 tries, 250 ms apart at most.</summary>
    private const long EndMillisMax = 16 * 250;

    /// <summary>Silence until it is noticed, the proof that UDP works, and what was queued.</summary>
    private const long CarrierSlackMillis = 12_000;

    /// <summary>After both are equal: for guesses to be judged and the last acknowledgements to pass.</summary>
    private const long CalmDownMillis = 4000;

    public static SimResult Run(SimOptions options, SimTrace? trace = null)
    {
        trace ??= new SimTrace();
        using SimWorld world = new(options, trace);
        try
        {
            RunPhases(world);
            return new SimResult(options, null, trace.Hash, world.NowMicros, world.Client.DatagramsSent + world.Server.DatagramsSent);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            string what = e is InvariantViolation ? e.Message : e.ToString();
            return new SimResult(options, what, trace.Hash, world.NowMicros, world.Client.DatagramsSent + world.Server.DatagramsSent);
        }
    }

    private static void RunPhases(SimWorld world)
    {
        world.Start();
        world.RunForMillis(world.Options.ActiveMillis);
        world.Check(SimPhase.Active);
        world.User.Stop();
        world.Heal();
        Settle(world);
        if (HasGivenUp(world))
        {
            return;
        }

        world.Check(SimPhase.Settling);
        world.RunForMillis(IdleMillis);
        world.Check(SimPhase.Idle);
        End(world);
        world.RunUntil(() => world.Client.IsFinished && world.Server.IsFinished, world.NowMicros + (EndMillisMax * 1000));
        world.Client.ClosePicture(world);
        world.Check(SimPhase.Ending);
    }

    /// <summary>A client that never heard anything in 15 s gives up, as it must. There is no session to look at.</summary>
    private static bool HasGivenUp(SimWorld world)
    {
        if (world.Client.IsFinished && world.Client.Session.EverHeard)
        {
            throw new InvariantViolation("L1 equal", "the client ended by itself");
        }

        return world.Client.IsFinished;
    }

    /// <summary>L1: once all is well, both sides become equal, within a bound.</summary>
    private static void Settle(SimWorld world)
    {
        if (world.Carrier is not null)
        {
            ReturnToUdp(world);
        }

        // What the user began to type comes to its end; the program answers and rests.
        world.RunUntil(() => world.User.IsIdle, world.NowMicros + 60_000_000);
        world.Server.Program.Rest(world.NowMicros);
        Instant clientRests = world.Client.Clock.Local(world.NowMicros);
        Instant serverRests = world.Server.Clock.Local(world.NowMicros);
        long windows = 1 + (world.Client.Session.Log.Count / ClientSession.WindowMax);
        long limit = world.NowMicros + (1000 * (SettleMillisMax + (windows * SettleMillisPerWindow)));
        bool isEqual = world.RunUntil(
            () => world.Client.IsFinished || (IsEqual(world) && world.Client.Session.LastHeard > clientRests && world.Server.Session.LastHeard > serverRests), limit);
        if (!isEqual)
        {
            throw new InvariantViolation("L1 equal", $"both sides are not equal {SettleMillisMax} ms after all was well again: {Describe(world)}");
        }

        // H4: and then all lines that the server keeps are there.
        if (!world.RunUntil(() => HasLines(world.Client.Session, world.Server.Session) && IsStill(world.Client.Session.Connection.Streams) && IsStill(world.Server.Session.Connection.Streams), world.NowMicros + (LinesMillisMax * 1000)))
        {
            throw new InvariantViolation("H4 lines arrive", $"lines are missing {LinesMillisMax} ms after both sides were equal: {Describe(world)}");
        }

        world.RunForMillis(CalmDownMillis);
    }

    /// <summary>W1: when UDP works again the session is back on it after the longest pause between two rounds of challenges, and the way through ssh is given up.</summary>
    private static void ReturnToUdp(SimWorld world)
    {
        long roundTripMillis = 2 * Math.Max(world.Up.Faults.DelayMicros + world.Down.Faults.DelayMicros, 1) / 1000;
        long limit = PathValidation.PauseMillisMax + (2 * roundTripMillis) + CarrierSlackMillis;
        if (!world.RunUntil(() => world.Client.IsFinished || (!world.Client.Session.IsCarried && world.Client.Session.EverHeard), world.NowMicros + (1000 * limit)))
        {
            throw new InvariantViolation("W1 return", $"the session still goes through ssh {limit} ms after UDP works again");
        }

        if (!world.RunUntil(() => world.Client.IsFinished || !world.Carrier!.IsUp, world.NowMicros + (1000 * CarrierSlackMillis)))
        {
            throw new InvariantViolation("W1 return", "the way through ssh is kept although UDP works");
        }
    }

    private static bool IsEqual(SimWorld world) =>
        world.Client.Session.Log.End == world.Server.Session.Connection.Remote.Position
        && !world.Server.Session.HasInput
        && !world.Server.Program.HasOutput
        && world.Server.LocalFingerprint == world.Client.RemoteFingerprint;

    /// <summary>All lines have come, and are committed unless the program is on the alternate screen. Behind that so many wait as may.</summary>
    private static bool HasLines(ClientSession client, ServerSession server)
    {
        if (!client.HasHistory || server.History is not { } log)
        {
            return true;
        }

        bool isAlternate = server.Emulator.IsAlternate;
        return (client.History.Wanted == log.Next || (isAlternate && client.History.IsFull)) && (client.History.Next == log.Next || isAlternate);
    }

    /// <summary>Nothing is on its way that the peer has not said it got.</summary>
    private static bool IsStill(StreamSet? streams) => streams is null || streams.InFlightBytes == 0;

    private static string Describe(SimWorld world) =>
        $"user events {world.Client.Session.Log.End} / {world.Server.Session.Connection.Remote.Position}, client sent {world.Client.LastSentNumber} acked {world.Client.AckedByPeer},"
        + $" server sent {world.Server.LastSentNumber} acked {world.Server.AckedByPeer}, client has {world.Client.RemoteNumber}, server has {world.Server.RemoteNumber},"
        + $" screens equal: {world.Server.LocalFingerprint == world.Client.RemoteFingerprint},"
        + $" lines {world.Server.Session.History?.First}..{world.Server.Session.History?.Next}, come {world.Client.Session.History.Wanted}, committed {world.Client.Session.History.Next},"
        + $" above {world.Client.Session.Connection.Remote.Screen.LinesAbove}{(world.Server.Session.Emulator.IsAlternate ? " alternate" : "")}{(world.Client.Session.Connection.Remote.Screen.IsAlternate ? " (client too)" : "")} input left: {world.Server.Session.HasInput}, output left: {world.Server.Program.HasOutput}"
        + Streams(world.Client.Name, world.Client.Session.Connection.Streams) + Streams(world.Server.Name, world.Server.Session.Connection.Streams);

    private static string Streams(string name, StreamSet? streams) =>
        streams is null ? "" : $", the {name}'s streams: {streams.OpenCount} open, {streams.BytesHeld} bytes wait, {streams.InFlightBytes} in flight, {streams.Counters.DatagramsLost} lost";

    private static void End(SimWorld world)
    {
        if (world.Options.End is EndKind.Client or EndKind.Both)
        {
            world.Client.Session.Shutdown(world.Client.Clock.Local(world.NowMicros));
        }

        if (world.Options.End is EndKind.Server or EndKind.Both)
        {
            world.Server.Session.Shutdown(world.Server.Clock.Local(world.NowMicros));
        }

        world.Client.Turn(world);
        world.Server.Turn(world);
    }
}
