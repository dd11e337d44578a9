using System.Text;
using Roam.Host;
using Roam.Lab;
using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Session;

public sealed class ClientSessionTests : IDisposable
{
    private readonly ZlibCompressor _zlib = new();

    public void Dispose() => _zlib.Dispose();

    [Fact]
    public void A_client_that_hears_nothing_says_so_after_a_quarter_second_and_gives_up_after_fifteen()
    {
        ClientSession client = NewClient(new ClientSessionOptions { UdpPort = 60_001 });
        Instant start = new(0);
        Assert.False(client.PollScreen(start, out _));
        Instant now = Sleep(client, start, start.PlusMillis(249));
        Assert.False(client.PollScreen(now, out _));
        now = Sleep(client, now, start.PlusMillis(250));
        Assert.True(client.PollScreen(now, out Screen frame));
        Assert.Contains("Nothing received from server on UDP port 60001. [To quit: Ctrl-^ .]", RowText(frame), StringComparison.Ordinal);
        now = Sleep(client, now, start.PlusMillis(14_999));
        Assert.False(client.IsFinished);
        Sleep(client, now, start.PlusMillis(15_000));
        Assert.True(client.IsFinished);
        Assert.False(client.EverHeard);
        Assert.False(client.CleanShutdown);
        Assert.Contains(ClientEvent.ShutdownDone, Events(client));
    }

    [Fact]
    public void Quitting_before_anything_was_heard_does_not_wait_for_the_server()
    {
        ClientSession client = NewClient(new ClientSessionOptions());
        client.HandleInput(new Instant(0), "\u001E."u8);
        Assert.True(client.IsFinished);
        Assert.False(client.PollTransmit(new Instant(0), new byte[2048], out _, out _));
    }

    [Fact]
    public void While_the_escape_key_waits_the_bar_shows_help_and_then_goes()
    {
        using SessionPair pair = new();
        pair.RunForMillis(300);
        pair.Type("\u001E"u8);
        Assert.Contains("Commands: Ctrl-Z suspends", BarText(pair), StringComparison.Ordinal);
        pair.Type("^"u8);
        pair.RunForMillis(100);
        Assert.DoesNotContain("Commands", BarText(pair), StringComparison.Ordinal);
    }

    [Fact]
    public void The_escape_key_then_a_dot_ends_the_session_in_order()
    {
        using SessionPair pair = new();
        pair.RunForMillis(300);
        pair.Type("\u001E.these keys are not sent"u8);
        pair.RunForMillis(500);
        Assert.True(pair.Client.IsFinished);
        Assert.True(pair.Client.CleanShutdown);
        Assert.True(pair.Server.IsFinished);
        Assert.Contains(pair.ServerEvents, e => e.Kind == ServerEventKind.PeerShutdown);
        Assert.Contains(ClientEvent.ShutdownDone, pair.ClientEvents);
    }

    [Fact]
    public void Suspending_is_reported_and_not_sent()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(300);
        pair.Type("a\u001E\u001Ab"u8);
        pair.RunForMillis(300);
        Assert.Contains(ClientEvent.Suspend, pair.ClientEvents);
        Assert.Equal("ab", Encoding.ASCII.GetString([.. pair.ProgramInput]));
    }

    [Fact]
    public void Control_l_is_sent_and_repaints()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(300);
        pair.ClientEvents.Clear();
        pair.Type("\f"u8);
        pair.RunForMillis(300);
        Assert.Contains(ClientEvent.Repaint, pair.ClientEvents);
        Assert.Equal("\f", Encoding.ASCII.GetString([.. pair.ProgramInput]));
    }

    [Fact]
    public void A_predicted_key_is_on_the_screen_before_anything_was_sent()
    {
        using SessionPair pair = new(PredictionMode.Experimental);
        pair.RunForMillis(300);
        pair.IsServerCut = true;
        pair.Client.HandleInput(pair.Now, "x"u8);
        Assert.True(pair.Client.PollScreen(pair.Now, out Screen frame));
        Assert.Equal('x', frame.CellsAt(0)[0].Content);
    }

    [Fact]
    public void A_paste_is_not_guessed()
    {
        using SessionPair pair = new(PredictionMode.Experimental);
        pair.RunForMillis(300);
        pair.IsServerCut = true;
        pair.Client.HandleInput(pair.Now, Encoding.ASCII.GetBytes(new string('x', 101)));
        pair.Client.PollScreen(pair.Now, out Screen frame);
        Assert.True(frame.CellsAt(0)[0].IsBlank);
    }

    [Fact]
    public void A_frame_comes_only_when_something_changed()
    {
        using SessionPair pair = new();
        pair.RunForMillis(5000);
        long frames = pair.FramesPainted;
        pair.Client.HandleTimeout(pair.Now);
        Assert.False(pair.Client.PollScreen(pair.Now, out _));
        pair.RunForMillis(30_000);
        Assert.InRange(pair.FramesPainted - frames, 0, 12);
    }

    [Fact]
    public void What_does_not_fit_while_nothing_is_acknowledged_is_dropped_with_one_notice()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(300);
        pair.IsServerCut = true;
        byte[] piece = new byte[1 << 16];
        Array.Fill(piece, (byte)'k');
        for (int i = 0; i < (UserLog.UnitsMax / piece.Length) + 3; i++)
        {
            pair.Client.HandleInput(pair.Now, piece);
        }

        Assert.Equal(UserLog.UnitsMax, pair.Client.Log.Count);
        pair.Pump();
        Assert.Single(pair.ClientEvents, ClientEvent.InputLost);

        // Commands to the client itself still work.
        pair.ClientEvents.Clear();
        pair.Type("\u001E\u001A"u8);
        Assert.Contains(ClientEvent.Suspend, pair.ClientEvents);
    }

    [Fact]
    public void A_silent_server_brings_up_the_bar_and_a_word_from_it_takes_it_away()
    {
        using SessionPair pair = new();
        pair.RunForMillis(1000);
        pair.IsServerCut = true;
        pair.RunForMillis(5000);
        Assert.DoesNotContain("Last contact", BarText(pair), StringComparison.Ordinal);
        pair.RunForMillis(4500);
        Assert.Contains("Last contact", BarText(pair), StringComparison.Ordinal);
        pair.IsServerCut = false;
        pair.RunForMillis(4000);
        Assert.DoesNotContain("Last contact", BarText(pair), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_takes_no_frame_does_not_make_the_client_wake_over_and_over()
    {
        using SessionPair pair = new();
        pair.RunForMillis(300);
        pair.IsServerCut = true;
        pair.RunForMillis(10_000);
        Instant now = pair.Now;
        byte[] datagram = new byte[2048];
        for (int i = 0; i < 100; i++)
        {
            Assert.True(pair.Client.NextTimeout > now, $"wake-up {i} is due again at once");
            now = pair.Client.NextTimeout;
            pair.Client.HandleTimeout(now);
            while (pair.Client.PollTransmit(now, datagram, out _, out _))
            {
            }
        }

        Assert.True(pair.Client.PollScreen(now, out _));
    }

    private ClientSession NewClient(ClientSessionOptions options)
    {
        SimRandom random = new(7);
        return new ClientSession(SessionKey.Create(random), new RoamTiming(), random, _zlib, new Instant(0), SimWorld.ServerAddress.ToPeer(), options);
    }

    /// <summary>Wakes whenever the session asks, up to the time.</summary>
    private static Instant Sleep(ClientSession client, Instant now, Instant until)
    {
        byte[] datagram = new byte[2048];
        while (true)
        {
            while (client.PollTransmit(now, datagram, out _, out _))
            {
            }

            Instant next = client.NextTimeout;
            now = next < until ? Instant.Max(next, now.PlusMicros(1)) : until;
            client.HandleTimeout(now);
            if (now == until)
            {
                return now;
            }
        }
    }

    private static List<ClientEvent> Events(ClientSession client)
    {
        List<ClientEvent> events = [];
        while (client.PollEvent(out ClientEvent e))
        {
            events.Add(e);
        }

        return events;
    }

    private static string BarText(SessionPair pair)
    {
        pair.Client.Repaint();
        Assert.True(pair.Client.PollScreen(pair.Now, out Screen frame));
        return RowText(frame);
    }

    private static string RowText(Screen frame) => string.Concat(frame.CellsAt(0).ToArray().Select(c => (char)c.Content));
}
