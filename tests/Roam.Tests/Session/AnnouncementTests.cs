using Roam.Host;
using Roam.Session;
using Roam.Tests.Transport;
using Roam.Transport;

namespace Roam.Tests.Session;

/// <summary>Two Roam peers find each other; with any other peer nothing is different.</summary>
public sealed class AnnouncementTests : IDisposable
{
    private readonly ZlibCompressor _zlib = new();

    [Fact]
    public void Both_sides_know_each_other_after_the_first_exchange()
    {
        using SessionPair pair = new();
        pair.Pump();

        // The client's second acknowledges the welcome: the first datagrams of a session are answered at once. Its third asks for history.
        Assert.Equal(3, pair.Client.Counters.DatagramsSent);
        Assert.Equal(1, pair.Server.Counters.DatagramsSent);
        Announcement client = pair.Server.PeerAnnouncement!;
        Announcement server = pair.Client.PeerAnnouncement!;
        Assert.Equal((Announcement.OwnVersion, $"roam {BuildVersion.Number}"), (client.Version, client.Software));
        Assert.Equal((Announcement.OwnVersion, $"roam {BuildVersion.Number}"), (server.Version, server.Software));
        Assert.True(client.Features.Has(Feature.LossReport) && server.Features.Has(Feature.LossReport));
        Assert.True(pair.Client.Connection.SendsReports && pair.Server.Connection.SendsReports);
    }

    [Fact]
    public void Hello_and_welcome_travel_until_they_are_acknowledged_and_then_never_again()
    {
        using SessionPair pair = new();
        Tap(pair);
        pair.RunForMillis(500);
        int up = pair.ClientTap!.Instructions.Count, down = pair.ServerTap!.Instructions.Count;
        Assert.Contains(pair.ClientTap.Instructions, i => i.HasAnnouncement);
        Assert.Contains(pair.ServerTap.Instructions, i => i.HasAnnouncement);
        for (int i = 0; i < 50; i++)
        {
            pair.Type("x"u8);
            pair.RunForMillis(100);
        }

        Assert.DoesNotContain(pair.ClientTap.Instructions[up..], i => i.HasAnnouncement);
        Assert.DoesNotContain(pair.ServerTap.Instructions[down..], i => i.HasAnnouncement);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_find_each_other_although_the_first_datagrams_are_lost(bool typesMeanwhile)
    {
        using SessionPair pair = new() { IsServerCut = true };
        for (int i = 0; i < 20; i++)
        {
            if (typesMeanwhile)
            {
                pair.Type("k"u8);
            }

            pair.RunForMillis(100);
        }

        Assert.Null(pair.Server.PeerAnnouncement);
        Assert.Null(pair.Client.PeerAnnouncement);
        pair.IsServerCut = false;
        pair.RunForMillis(4000);
        Assert.NotNull(pair.Server.PeerAnnouncement);
        Assert.NotNull(pair.Client.PeerAnnouncement);
        Assert.True(pair.Client.Connection.Remote.ContentEquals(pair.Server.LocalState));
    }

    [Fact]
    public void A_client_that_does_not_announce_itself_gets_nothing_new()
    {
        using SessionPair pair = new(clientAnnounces: false);
        Tap(pair);
        ExchangeALittle(pair);
        Assert.Null(pair.Server.PeerAnnouncement);
        Assert.Null(pair.Server.LocalState.Welcome);
        Assert.Null(pair.Client.PeerAnnouncement);
        AssertNothingNew(pair.ClientTap!);
        AssertNothingNew(pair.ServerTap!);
        Assert.Equal('h', pair.Client.Connection.Remote.Screen.CellsAt(0)[0].Content);
    }

    [Fact]
    public void A_server_that_does_not_answer_gets_the_hello_and_nothing_else_new()
    {
        using SessionPair pair = new(serverAnnounces: false);
        Tap(pair);
        ExchangeALittle(pair);
        Assert.Null(pair.Client.PeerAnnouncement);
        Assert.False(pair.Client.Connection.SendsReports);
        Assert.True(pair.ClientTap!.Instructions[0].HasAnnouncement);
        Assert.DoesNotContain(pair.ClientTap.Instructions, i => i.HasReport);
        AssertNothingNew(pair.ServerTap!);
        Assert.Equal('h', pair.Client.Connection.Remote.Screen.CellsAt(0)[0].Content);
    }

    [Fact]
    public void Loss_is_reported_between_peers_that_have_it_in_common()
    {
        using SessionPair pair = new();
        Tap(pair);
        pair.RunForMillis(500);
        pair.IsServerCut = true;
        pair.Type("lost"u8);
        pair.RunForMillis(300);
        pair.IsServerCut = false;
        pair.RunForMillis(4000);
        Assert.Contains(pair.ServerTap!.Instructions, i => i.HasReport && i.ReportReceived < i.ReportHighest);
        Assert.True(pair.Client.Counters.ReportsTaken > 0);
    }

    [Fact]
    public void Of_features_only_those_that_both_have_are_welcomed_whatever_else_the_client_says()
    {
        UserLog log = new();
        UserStream stream = new(log);
        Assert.Equal(ApplyResult.Applied, stream.Apply(HelloDiff(9, ulong.MaxValue, "other 9.9"u8)));
        Assert.Equal((9u, "other 9.9"), (log.PeerHello!.Version, log.PeerHello.Software));
        Announcement welcome = Announcement.Own.WelcomeTo(log.PeerHello);
        Assert.Equal(Announcement.Own.Features, welcome.Features);
        Assert.Equal(Announcement.OwnVersion, welcome.Version);
        UserLog other = new();
        new UserStream(other).Apply(HelloDiff(1, 1UL << (int)Feature.SessionControl, "x"u8));
        Assert.Equal(default, Announcement.Own.WelcomeTo(other.PeerHello!).Features);
    }

    [Fact]
    public void A_hello_is_no_event_and_leaves_positions_hashes_and_states_as_they_were()
    {
        UserLog plainLog = new(), log = new();
        UserStream plain = new(plainLog), stream = new(log);
        GrowingBuffer diff = new();
        new DiffWriter(diff).WriteResize(80, 24);
        Assert.Equal(ApplyResult.Applied, plain.Apply(diff.Written));
        Assert.Equal(ApplyResult.Applied, stream.Apply([.. HelloDiff(1, 0, "x"u8), .. diff.Written]));
        Assert.Equal((plain.Position, plain.ContentHash), (stream.Position, stream.ContentHash));
        Assert.Equal((1, 1), (log.Count, plainLog.Count));
    }

    [Fact]
    public void The_first_hello_counts_and_the_hello_of_a_refused_diff_does_not()
    {
        UserLog log = new();
        UserStream empty = new(log);
        GrowingBuffer refused = new();
        new DiffWriter(refused).WriteResize(-1, 5);
        Assert.Equal(ApplyResult.Refused, empty.Snapshot().Apply([.. HelloDiff(1, 0, "liar"u8), .. refused.Written]));
        Assert.Equal(ApplyResult.Malformed, empty.Snapshot().Apply([.. HelloDiff(1, 0, "liar"u8), 0x0A, 0x05]));
        Assert.Null(log.PeerHello);
        Assert.Equal(ApplyResult.Applied, empty.Snapshot().Apply(HelloDiff(1, 0, "first"u8)));
        Assert.Equal(ApplyResult.Applied, empty.Snapshot().Apply(HelloDiff(1, 0, "second"u8)));
        Assert.Equal("first", log.PeerHello!.Software);
    }

    [Fact]
    public void A_software_text_is_cut_and_holds_nothing_that_a_terminal_would_obey()
    {
        UserLog log = new();
        byte[] text = [.. "\e]0;evil\a\u009b\u202e"u8, .. Enumerable.Repeat((byte)'x', 100_000)];
        Assert.Equal(ApplyResult.Applied, new UserStream(log).Apply(HelloDiff(1, 0, text)));
        Assert.StartsWith("?]0;evil???", log.PeerHello!.Software, StringComparison.Ordinal);
        Assert.Equal(Announcement.SoftwareBytesMax, log.PeerHello.Software.Length);
        Assert.All(log.PeerHello.Software, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void A_stream_says_hello_in_every_diff_from_state_zero_and_in_no_other()
    {
        UserLog log = new() { Hello = Announcement.Own };
        UserStream empty = new(log), first = new(log), second = new(log);
        log.TryAppendResize(80, 24);
        first.AdvanceTo(1);
        log.TryAppend(UserUnit.Key((byte)'a'));
        second.AdvanceTo(2);
        Assert.True(Says(first, empty) && Says(second, empty));
        Assert.False(Says(second, first));
        GrowingBuffer diff = new();
        empty.WriteDiff(empty.Snapshot(), diff);
        Assert.Equal(0, diff.Length);
    }

    [Fact]
    public void A_welcome_stands_in_the_diff_after_the_numbers_and_before_the_text()
    {
        TerminalWorkspace workspace = new();
        TerminalState from = workspace.NewState(80, 24), to = workspace.NewState(100, 30);
        to.EchoAck = 7;
        to.Welcome = Announcement.Own.WelcomeTo(Announcement.Own);
        to.Screen.Title = "t";
        GrowingBuffer diff = new();
        to.WriteDiff(from, diff);
        List<DiffItemKind> kinds = [];
        DiffReader reader = new(diff.Written);
        while (reader.Next())
        {
            kinds.Add(reader.Current.Kind);
        }

        Assert.Equal([DiffItemKind.EchoAck, DiffItemKind.Resize, DiffItemKind.Announcement, DiffItemKind.Bytes], kinds);
    }

    [Fact]
    public void A_welcome_is_part_of_the_state_and_of_its_snapshots()
    {
        TerminalWorkspace server = new(), client = new();
        TerminalState from = server.NewState(80, 24), to = server.NewState(80, 24), remote = client.NewState(80, 24);
        to.Welcome = Announcement.Own.WelcomeTo(Announcement.Own);
        Assert.False(to.ContentEquals(from));
        TerminalState copy = to.Snapshot();
        Assert.True(copy.ContentEquals(to));
        GrowingBuffer diff = new();
        to.WriteDiff(copy, diff);
        Assert.Equal(0, diff.Length);
        to.WriteDiff(from, diff);
        Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
        Assert.True(remote.ContentEquals(to));
        Assert.Same(remote.Welcome, remote.Snapshot().Welcome);
        copy.Release();
        Assert.Null(server.Rent(from.Screen.Snapshot()).Welcome);
    }

    [Fact]
    public void A_welcome_that_comes_many_times_is_kept_once()
    {
        TerminalWorkspace client = new();
        TerminalState empty = client.NewState(80, 24);
        GrowingBuffer diff = new();
        new DiffWriter(diff).WriteAnnouncement(Announcement.Own.Message);
        ApplyResult result = ApplyResult.Malformed;
        ReadAgain();
        Allocation.AssertNone(ReadAgain);
        Assert.Equal(ApplyResult.Applied, result);

        void ReadAgain()
        {
            TerminalState copy = empty.Snapshot();
            result = copy.Apply(diff.Written);
            copy.Release();
        }
    }

    public void Dispose() => _zlib.Dispose();

    private static void ExchangeALittle(SessionPair pair)
    {
        pair.RunForMillis(500);
        pair.Type("hello"u8);
        pair.RunForMillis(500);
        pair.IsServerCut = true;
        pair.Type("lost"u8);
        pair.RunForMillis(300);
        pair.IsServerCut = false;
        pair.RunForMillis(4000);
    }

    private static void AssertNothingNew(DatagramTap tap)
    {
        Assert.NotEmpty(tap.Instructions);
        Assert.DoesNotContain(tap.Instructions, i => i.HasAnnouncement || i.HasReport || i.HasFarTerminal);
    }

    private void Tap(SessionPair pair)
    {
        pair.ClientTap = new DatagramTap(Side.Client, pair.Key, _zlib);
        pair.ServerTap = new DatagramTap(Side.Server, pair.Key, _zlib);
    }

    private static byte[] HelloDiff(uint version, ulong features, ReadOnlySpan<byte> software)
    {
        GrowingBuffer diff = new();
        new DiffWriter(diff).WriteAnnouncement(new AnnouncementMessage { Version = version, FeatureBits = features, Software = software });
        return diff.Written.ToArray();
    }

    private static bool Says(UserStream stream, UserStream from)
    {
        GrowingBuffer diff = new();
        stream.WriteDiff(from, diff);
        DiffReader reader = new(diff.Written);
        return reader.Next() && reader.Current.Kind == DiffItemKind.Announcement;
    }
}
