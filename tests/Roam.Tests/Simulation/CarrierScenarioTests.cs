using Roam.Lab;
using Roam.Terminal;
using Roam.Transport;
using static Roam.Tests.Simulation.SimWindow;

namespace Roam.Tests.Simulation;

/// <summary>UDP that does not get through, told on the simulator: the session goes on through ssh and comes back. Times are virtual.</summary>
public sealed class CarrierScenarioTests
{
    private const long RoundTripMillis = 40;
    private const string Notice = "UDP does not get through; going on through ssh.";

    [Fact]
    public void Blocked_from_the_start_the_prompt_is_there_after_two_seconds_and_a_half()
    {
        using SimWorld world = Create(new CarrierPlan());
        world.Up.IsBlocked = world.Down.IsBlocked = true;
        world.Start();
        Assert.True(RunUntil(world, () => Shown(world).Contains('$'), 2500), Shown(world));
        Assert.True(world.Client.Session.IsCarried);
        Assert.Contains(Notice, Shown(world), StringComparison.Ordinal);
        world.RunForMillis(6000);
        Assert.DoesNotContain(Notice, Shown(world), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Blocked_in_mid_session_keys_arrive_once_and_in_order_through_ssh(bool up, bool down)
    {
        using SimWorld world = Connected();
        Assert.False(world.Carrier!.IsUp);
        (world.Up.IsBlocked, world.Down.IsBlocked) = (up, down);
        long blocked = world.NowMillis;
        Type(world, "echo hello");
        Assert.True(RunUntil(world, () => world.Client.Session.IsCarried, blocked + 2500 + 400 - world.NowMillis), "no fall back");
        Assert.True(RunUntil(world, () => ServerText(world).Contains("$ echo hello", StringComparison.Ordinal), 500), ServerText(world));
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ echo hello", StringComparison.Ordinal), 500), Shown(world));
        world.RunForMillis(6000);
        world.Check(SimPhase.Settling);
    }

    [Fact]
    public void While_ssh_lives_falling_back_takes_two_seconds_and_a_half_at_most()
    {
        using SimWorld world = Create(new CarrierPlan());
        world.Start();

        // UDP stops before it is proven, so the first ssh is still there.
        world.RunForMillis(1000);
        Assert.False(world.Client.Session.IsCarried);
        world.Up.IsBlocked = world.Down.IsBlocked = true;
        world.Client.Type(world, "x"u8);
        Assert.True(RunUntil(world, () => world.Client.Session.IsCarried, 2500), "no fall back");
        Assert.Equal(1, world.Carrier!.Logins);
    }

    [Fact]
    public void Udp_that_works_again_is_used_again_without_a_word_and_ssh_is_let_go()
    {
        using SimWorld world = FallenBack();
        world.RunForMillis(20_000);
        world.Up.IsBlocked = world.Down.IsBlocked = false;
        Assert.True(RunUntil(world, () => !world.Client.Session.IsCarried, PathValidation.PauseMillisMax + (2 * RoundTripMillis)), "still through ssh");
        string before = Shown(world);
        Type(world, "more");
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ firstmore", StringComparison.Ordinal), 500), Shown(world));
        Assert.Equal(before.Replace("$ first    ", "$ firstmore", StringComparison.Ordinal), Shown(world));
        Assert.True(RunUntil(world, () => !world.Carrier!.IsUp, 7000), "ssh is kept");
        world.RunForMillis(1000);
        world.Check(SimPhase.Settling);
    }

    [Fact]
    public void A_connection_that_dies_is_made_again_and_nothing_is_lost()
    {
        using SimWorld world = FallenBack();
        world.Carrier!.Break(world, noticedAfterMicros: 300_000);
        Type(world, "second");
        Assert.True(RunUntil(world, () => ServerText(world).Contains("$ firstsecond", StringComparison.Ordinal), 2000), ServerText(world));
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ firstsecond", StringComparison.Ordinal), 500), Shown(world));
        Assert.Equal(3, world.Carrier.Logins);
        world.RunForMillis(6000);
        world.Check(SimPhase.Settling);
    }

    [Fact]
    public void When_both_are_blocked_for_ten_minutes_the_session_waits_and_goes_on()
    {
        using SimWorld world = FallenBack();
        world.Carrier!.IsBlocked = true;
        world.Carrier.Break(world, noticedAfterMicros: 1_000_000);
        Type(world, "second");
        world.RunForMillis(600_000);
        Assert.Contains("Last contact", Shown(world), StringComparison.Ordinal);
        world.Carrier.IsBlocked = false;
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ firstsecond", StringComparison.Ordinal) && !Shown(world).Contains("Last", StringComparison.Ordinal), 62_000), Shown(world));
    }

    [Fact]
    public void Udp_that_comes_and_goes_every_few_seconds_is_asked_more_and_more_seldom()
    {
        using SimWorld world = Connected();
        int changes = 0;
        bool wasCarried = false;
        for (int i = 0; i < 100; i++)
        {
            world.Up.IsBlocked = world.Down.IsBlocked = i % 2 == 0;
            for (int k = 0; k < 30; k++)
            {
                world.Client.Type(world, [(byte)(k % 2 == 0 ? 'k' : 0x7F)]);
                world.RunForMillis(100);
                changes += world.Client.Session.IsCarried == wasCarried ? 0 : 1;
                wasCarried = world.Client.Session.IsCarried;
            }
        }

        Assert.InRange(changes, 2, 30);
        world.Up.IsBlocked = world.Down.IsBlocked = false;
        world.RunForMillis(40_000);
        Assert.False(world.Client.Session.IsCarried);
        world.Check(SimPhase.Settling);
    }

    [Fact]
    public void What_was_guessed_stays_on_the_screen_through_the_change()
    {
        using SimWorld world = Create(new CarrierPlan(), PredictionMode.Always);
        world.Start();
        world.RunForMillis(8000);
        Type(world, "abc");
        world.RunForMillis(1000);
        world.Up.IsBlocked = world.Down.IsBlocked = true;
        Type(world, "def");
        List<string> rows = [];
        world.FrameWatcher = frame => rows.Add(TextOf(frame));
        Assert.True(RunUntil(world, () => world.Client.Session.IsCarried, 3500), "no fall back");
        world.RunForMillis(2000);
        Assert.NotEmpty(rows);
        Assert.All(rows, text => Assert.True(text.Contains("abcdef", StringComparison.Ordinal) || text.StartsWith("mosh:", StringComparison.Ordinal), text));
    }

    [Fact]
    public void Through_ssh_alone_a_key_is_as_fast_as_the_stream_and_an_idle_session_is_quiet()
    {
        SimOptions options = SimOptions.Scripted(ProgramKind.Shell);
        using SimWorld world = new(options with { Carrier = new CarrierPlan(), Client = options.Client with { Carrier = CarrierUse.Only, PredictionMode = PredictionMode.Never } });
        world.Up.IsBlocked = world.Down.IsBlocked = true;
        world.Start();
        Assert.True(RunUntil(world, () => Shown(world).Contains('$'), 200), Shown(world));
        world.RunForMillis(10_000);
        for (int i = 0; i < 50; i++)
        {
            int column = world.Client.Frame!.Cursor.Column;
            world.Client.Type(world, [(byte)(i % 2 == 0 ? 'k' : 0x7F)]);
            Assert.True(RunUntil(world, () => world.Client.Frame!.Cursor.Column != column, RoundTripMillis + 5), $"key {i}");
            world.RunForMillis(150);
        }

        world.RunForMillis(5000);
        long before = world.Client.DatagramsSent + world.Server.DatagramsSent;
        world.RunForMillis(60_000);
        Assert.InRange(world.Client.DatagramsSent + world.Server.DatagramsSent - before, 2, 44);
    }

    [Fact]
    public void Seeds_with_a_firewall_and_a_shaky_ssh_keep_all_invariants()
    {
        List<string> failures = [];
        for (ulong seed = 1; seed <= 60; seed++)
        {
            SimResult result = SimRun.Run(SimOptions.CarrierFromSeed(seed));
            if (result.Failure is { } failure)
            {
                failures.Add($"seed {seed}: {failure}");
            }
        }

        Assert.Empty(failures);
    }

    private static SimWorld Create(CarrierPlan plan, PredictionMode prediction = PredictionMode.Never)
    {
        SimOptions options = SimOptions.Scripted(ProgramKind.Shell);
        return new SimWorld(options with { Carrier = plan, Client = options.Client with { Carrier = CarrierUse.Fallback, PredictionMode = prediction } });
    }

    /// <summary>By UDP, which is proven, so that ssh was let go.</summary>
    private static SimWorld Connected()
    {
        SimWorld world = Create(new CarrierPlan());
        world.Start();
        world.RunForMillis(8000);
        Assert.True(world.Client.Session.EverHeard);
        return world;
    }

    private static SimWorld FallenBack()
    {
        SimWorld world = Connected();
        world.Up.IsBlocked = world.Down.IsBlocked = true;
        Type(world, "first");
        Assert.True(RunUntil(world, () => world.Client.Session.IsCarried && Shown(world).Contains("$ first", StringComparison.Ordinal), 3500), Shown(world));
        world.RunForMillis(6000);
        return world;
    }
}
