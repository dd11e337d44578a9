using System.Text;
using Roam.Lab;
using Roam.Session;
using Roam.Terminal;
using static Roam.Tests.Simulation.SimWindow;

namespace Roam.Tests.Simulation;

/// <summary>Stories with an end that is known, told on the simulator; times are virtual.</summary>
public sealed class ScenarioTests
{
    private const int RoundTripMillis = 40;

    [Fact]
    public void The_first_text_is_there_one_round_trip_after_the_client_starts()
    {
        using SimWorld world = Start(ProgramKind.Shell);
        Assert.True(RunUntil(world, () => Shown(world).Contains('$'), 1000), "no prompt");

        // Program start takes 2 ms here; collection and pacing take the rest.
        Assert.InRange(world.NowMillis, RoundTripMillis, RoundTripMillis + 15);
    }

    [Fact]
    public void Keys_typed_while_the_client_roams_arrive_once_and_in_order()
    {
        using SimWorld world = Connected(ProgramKind.Shell);
        for (int i = 0; i < 20; i++)
        {
            world.Client.Type(world, [(byte)('a' + i)]);
            world.RunForMillis(50);
            if (i % 5 == 4)
            {
                world.Roam();
            }
        }

        Assert.True(RunUntil(world, () => ServerText(world).Contains("$ abcdefghijklmnopqrst", StringComparison.Ordinal), 500), ServerText(world));
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ abcdefghijklmnopqrst", StringComparison.Ordinal), 1500), Shown(world));
        world.RunForMillis(500);
        world.Check(SimPhase.Settling);
    }

    [Fact]
    public void Ten_minutes_without_a_network_lose_nothing_and_cost_little()
    {
        using SimWorld world = Connected(ProgramKind.Shell);
        world.Up.IsDown = world.Down.IsDown = true;
        long clientBefore = world.Client.DatagramsSent;
        long serverBefore = world.Server.DatagramsSent;
        Type(world, "echo ");
        world.RunForMillis(300_000);
        Assert.Contains("Last contact", Shown(world), StringComparison.Ordinal);
        Assert.Contains("[To quit: Ctrl-^ .]", Shown(world), StringComparison.Ordinal);
        Type(world, "hello");
        world.RunForMillis(300_000);

        // Stock's timing repairs at the send interval (20 ms here) for 10 s, then a datagram goes every 3 s and after each port hop; the server falls silent after 40 s.
        Assert.InRange(world.Client.DatagramsSent - clientBefore, 1, 500 + 200 + 60);
        Assert.InRange(world.Server.DatagramsSent - serverBefore, 1, 60);
        Assert.True(world.Server.Session.Client.IsNone, "the server forgets the address");

        world.Up.IsDown = world.Down.IsDown = false;
        Assert.True(RunUntil(world, () => ServerText(world).Contains("$ echo hello", StringComparison.Ordinal), 3500), "keys did not arrive");
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ echo hello", StringComparison.Ordinal) && !Shown(world).Contains("Last", StringComparison.Ordinal), 1000), Shown(world));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_laptop_that_slept_all_night_goes_on_where_it_was(bool clockStops)
    {
        using SimWorld world = Connected(ProgramKind.Shell);
        Type(world, "before ");
        world.RunForMillis(1000);
        SimFaults.Sleep(world, world.Client, 8L * 3600 * 1_000_000, clockStops);
        world.RunForMillis((8L * 3600 * 1000) + 10);
        world.Roam();
        Type(world, "after");
        Assert.True(RunUntil(world, () => Shown(world).Contains("$ before after", StringComparison.Ordinal) && ServerText(world).Contains("$ before after", StringComparison.Ordinal), 3500), Shown(world));
        Assert.True(RunUntil(world, () => !Shown(world).Contains("Last", StringComparison.Ordinal), 3500), Shown(world));
    }

    [Fact]
    public void A_client_of_another_size_than_the_server_began_with_gets_the_right_screen()
    {
        using SimWorld world = Start(ProgramKind.SizeReporter, width: 200, height: 60);
        Assert.True(RunUntil(world, () => Shown(world).Contains("size 200x60", StringComparison.Ordinal), 2000), Shown(world));
        world.RunForMillis(500);
        world.Check(SimPhase.Settling);
    }

    [Fact]
    public void Of_a_window_dragged_through_many_sizes_only_few_reach_the_program()
    {
        using SimWorld world = Connected(ProgramKind.SizeReporter);
        for (int i = 0; i < 50; i++)
        {
            world.Client.Resize(world, 81 + i, 30);
        }

        world.RunForMillis(500);
        Assert.Contains("size 130x30", Shown(world), StringComparison.Ordinal);
        Assert.InRange(world.Client.Session.Connection.LastSentNumber, 1UL, 8UL);
        world.Check(SimPhase.Settling);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Whoever_ends_the_session_both_agree_within_a_few_round_trips(bool clientEnds, bool serverEnds)
    {
        using SimWorld world = Connected(ProgramKind.Shell);
        if (clientEnds)
        {
            world.Client.Session.Shutdown(world.Client.Clock.Local(world.NowMicros));
        }

        if (serverEnds)
        {
            world.Server.Session.Shutdown(world.Server.Clock.Local(world.NowMicros));
        }

        world.Client.Turn(world);
        world.Server.Turn(world);
        Assert.True(RunUntil(world, () => world.Client.IsFinished && world.Server.IsFinished, 4 * RoundTripMillis), "no end");
        Assert.True(world.Client.Session.CleanShutdown);
        Assert.Equal(clientEnds, world.Server.PeerAskedToEnd || !serverEnds);
    }

    [Fact]
    public void An_end_that_nobody_answers_is_given_up_within_ten_seconds()
    {
        using SimWorld world = Connected(ProgramKind.Shell);
        world.Up.IsDown = true;
        world.Client.Session.Shutdown(world.Client.Clock.Local(world.NowMicros));
        world.Client.Turn(world);
        Assert.True(RunUntil(world, () => world.Client.IsFinished, 10_000), "no end");
        Assert.False(world.Client.Session.CleanShutdown);
    }

    [Fact]
    public void A_password_is_never_shown_and_what_follows_is()
    {
        SimOptions options = SimOptions.Scripted(ProgramKind.PasswordShell, seed: 4) with
        {
            User = new UserPlan { ActionMillis = 80, Enter = 10, IsCareful = true, KeyMillis = 30 },
            Up = LinkFaults.Healthy with { DelayMicros = 150_000 },
            Down = LinkFaults.Healthy with { DelayMicros = 150_000 },
            Client = new ClientSessionOptions { PredictionMode = PredictionMode.Always },
        };
        using SimWorld world = new(options);
        world.Start();
        world.RunForMillis(120_000);
        Assert.InRange(world.User.SecretsTyped, 5, 1000);
        Assert.InRange(world.User.KeysTyped, 200, 100_000);
    }

    [Fact]
    public void A_large_paste_arrives_whole_over_a_lossy_link()
    {
        using SimWorld world = Connected(ProgramKind.Silent);
        world.Up.Faults = world.Down.Faults = LinkFaults.Healthy with { Loss = 100 };
        byte[] text = new byte[100_000];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (byte)('a' + (i % 26));
        }

        long before = world.Server.Program.InputBytes;
        for (int i = 0; i < text.Length; i += 4096)
        {
            world.Client.Type(world, text.AsSpan(i, Math.Min(4096, text.Length - i)));
        }

        Assert.True(RunUntil(world, () => world.Server.Program.InputBytes - before == text.Length, 15_000), $"{world.Server.Program.InputBytes - before} bytes arrived");
        world.RunForMillis(3000);
        Assert.Equal(0, world.Client.Session.Log.Count);
    }

    [Fact]
    public void A_program_that_does_not_read_holds_the_user_back_and_loses_nothing()
    {
        using SimWorld world = Connected(ProgramKind.Silent);
        world.Server.PtyBlockedUntilMicros = world.NowMicros + 20_000_000;
        byte[] piece = new byte[4096];
        Array.Fill(piece, (byte)'x');
        const int pieces = 200;
        for (int i = 0; i < pieces; i++)
        {
            world.Client.Type(world, piece);
        }

        world.RunForMillis(19_000);
        Assert.InRange(world.Server.Session.Input.WaitingCount, 1, ServerSession.InputBacklogMax + ClientSession.WindowMax);
        Assert.True(RunUntil(world, () => world.Server.Program.InputBytes == pieces * piece.Length, 60_000), $"{world.Server.Program.InputBytes} bytes arrived");
    }

    [Fact]
    public void A_small_path_is_found_when_the_system_says_so()
    {
        using SimWorld world = Start(ProgramKind.Flood);
        world.Down.Faults = world.Up.Faults = LinkFaults.Healthy with { TooLongBytes = 600 };
        world.RunForMillis(5000);
        world.Server.Program.Rest(world.NowMicros);
        world.RunForMillis(2000);
        world.Check(SimPhase.Settling);
        Assert.Equal(500, world.Server.Session.Connection.MtuBytes);
    }

    [Fact]
    public void An_idle_minute_costs_no_more_wake_ups_than_stock()
    {
        using SimWorld world = Connected(ProgramKind.Shell);
        world.RunForMillis(10_000);
        (long client, long server) = (world.Client.TimeoutTurns, world.Server.TimeoutTurns);
        (long sentByClient, long sentByServer) = (world.Client.DatagramsSent, world.Server.DatagramsSent);
        world.RunForMillis(60_000);
        Assert.InRange(world.Server.TimeoutTurns - server, 0, 42);
        Assert.InRange(world.Client.TimeoutTurns - client, 0, 42);
        Assert.InRange(world.Server.DatagramsSent - sentByServer, 1, 21);
        Assert.InRange(world.Client.DatagramsSent - sentByClient, 1, 21);
    }

    /// <summary>The round trip of 40 ms, the program's own time, and a queue of what else is on the way.</summary>
    private const long EchoMillisMax = 300;

    /// <summary>A queue that a frame with all of the text would overflow each time it is sent.</summary>
    [Theory]
    [InlineData(10_000, 20)]
    [InlineData(1000, 60)]
    public void A_clipboard_of_a_mebibyte_arrives_over_a_narrow_link_and_holds_up_no_key(int kilobits, int secondsMax)
    {
        SimOptions options = SimOptions.Scripted(ProgramKind.Shell);
        LinkFaults narrow = LinkFaults.Healthy.WithRate(kilobits, 64 * 1024);
        using SimWorld world = new(options with { Up = narrow, Down = narrow, Client = options.Client with { PredictionMode = PredictionMode.Never } });
        world.Start();
        world.RunForMillis(2000);
        byte[] bytes = new byte[Selections.LengthMax * 3 / 4];
        new SeededRandom(9).NextBytes(bytes.Length).CopyTo(bytes, 0);
        string text = Convert.ToBase64String(bytes);
        world.Server.Session.HandleOutput(world.Server.Clock.Local(world.NowMicros), Encoding.ASCII.GetBytes($"\e]52;c;{text}\a"));
        world.Server.Turn(world);
        int keys = 0;
        for (long begun = world.NowMicros; world.Client.Frame!.Extras.Selections.TextOf(0) != text; keys++)
        {
            Assert.InRange(world.NowMicros - begun, 0, secondsMax * 1_000_000L);
            int before = world.Client.Frame.Cursor.Column;
            world.Client.Type(world, [keys % 2 == 0 ? (byte)'k' : (byte)0x7F]);
            Assert.True(RunUntil(world, () => world.Client.Frame.Cursor.Column != before, EchoMillisMax), $"the echo of key {keys} is late");
        }

        Assert.True(keys > 10);
    }

    private static SimWorld Start(ProgramKind program, int width = 80, int height = 24)
    {
        SimOptions options = SimOptions.Scripted(program);
        SimWorld world = new(options with { Client = options.Client with { Width = width, Height = height } });
        world.Start();
        return world;
    }

    private static SimWorld Connected(ProgramKind program)
    {
        SimWorld world = Start(program);
        world.RunForMillis(2000);
        Assert.True(world.Client.Session.EverHeard);
        return world;
    }
}
