using Roam.Host;
using Roam.Session;
using Roam.Terminal;
using Roam.Tests.Transport;
using Roam.Transport;

namespace Roam.Tests.Session;

/// <summary>The flags of the program's terminal on their way to the client's predictor.</summary>
public sealed class FarTerminalTests
{
    private static readonly (bool, bool) Raw = (false, false);
    private static readonly (bool, bool) Cooked = (true, true);
    private static readonly (bool, bool) Secret = (true, false);

    [Fact]
    public void A_prompt_that_comes_after_the_echo_was_turned_off_is_never_seen_without_that()
    {
        using SessionPair pair = Started(Cooked);
        pair.LineFlags = Secret;
        pair.Output("Password: "u8);
        while (!IsShown(pair, 'P'))
        {
            Assert.True(KnownTo(pair).Echoes);
            pair.RunForMillis(1);
        }

        Assert.True(KnownTo(pair).ReadsSecret);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(ServerSession.LookAfterOutputMillis - 1)]
    public void An_echo_turned_off_after_the_prompt_is_noticed_without_a_key(int afterMillis)
    {
        using SessionPair pair = Started(Cooked);
        pair.Output("Password: "u8);
        pair.RunForMillis(afterMillis);
        pair.LineFlags = Secret;
        pair.RunForMillis(ServerSession.LookAfterOutputMillis + 5 - afterMillis);
        Assert.True(IsShown(pair, 'P'));
        Assert.True(KnownTo(pair).ReadsSecret);
    }

    [Fact]
    public void It_is_noticed_as_well_when_the_terminal_was_raw_until_just_before_the_prompt()
    {
        using SessionPair pair = Started(Raw);
        pair.LineFlags = Cooked;
        pair.Output("Password: "u8);
        pair.RunForMillis(10);
        Assert.Equal(new FarTerminal(true, true, true, false), KnownTo(pair));
        pair.LineFlags = Secret;
        pair.RunForMillis(ServerSession.LookAfterOutputMillis);
        Assert.True(KnownTo(pair).ReadsSecret);
    }

    [Fact]
    public void A_program_that_turns_the_echo_off_and_writes_nothing_is_noticed_when_the_echo_of_enter_is_acknowledged()
    {
        using SessionPair pair = Started(Raw);
        pair.Echoes = false;
        pair.Type("\r"u8);
        pair.LineFlags = Secret;
        pair.RunForMillis(EchoAckQueue.DelayMillis - 1);
        Assert.False(KnownTo(pair).ReadsSecret);
        ulong acked = pair.Client.Connection.Remote.EchoAck;
        pair.RunForMillis(5);
        Assert.True(KnownTo(pair).ReadsSecret);
        Assert.True(pair.Client.Connection.Remote.EchoAck > acked, "one frame says both");
        Assert.True(pair.Client.Connection.Remote.Screen.CellsAt(0)[0].IsBlank);
    }

    [Fact]
    public void After_a_long_silence_the_first_key_brings_the_flags_before_its_echo_is_acknowledged()
    {
        using SessionPair pair = Started(Cooked);
        pair.Echoes = false;
        pair.LineFlags = Secret;
        pair.RunForMillis(500);
        Assert.False(KnownTo(pair).ReadsSecret);
        pair.Type("k"u8);
        pair.RunForMillis(5);
        Assert.True(KnownTo(pair).ReadsSecret);
    }

    [Fact]
    public void A_change_does_not_hold_up_the_frame_that_is_being_collected()
    {
        using SessionPair plain = Started(Raw), changing = Started(Raw);
        foreach (SessionPair pair in (SessionPair[])[plain, changing])
        {
            pair.Output("x"u8);
        }

        changing.LineFlags = Cooked;
        while (!IsShown(plain, 'x'))
        {
            plain.RunForMillis(1);
            changing.RunForMillis(1);
        }

        Assert.True(IsShown(changing, 'x') && KnownTo(changing).Echoes);
    }

    [Fact]
    public void The_flags_are_looked_at_when_something_is_sent_and_an_idle_session_does_not_poll()
    {
        using SessionPair pair = Started(Raw);
        (int looks, long sent) = (pair.Looks, pair.Server.Counters.DatagramsSent);
        pair.RunForMillis(60_000);
        Assert.InRange(pair.Looks - looks, 1, pair.Server.Counters.DatagramsSent - sent);
    }

    [Fact]
    public void The_alternate_screen_is_known_and_changes_with_the_picture()
    {
        using SessionPair pair = Started(Raw);
        pair.Output("shell\e[?1049h"u8);
        pair.RunForMillis(20);
        Assert.Equal(new FarTerminal(true, false, false, true), KnownTo(pair));
        pair.Output("\e[Heditor\e[?2026h\e[?1049l"u8);
        pair.RunForMillis(20);
        Assert.True(IsShown(pair, 'e') && KnownTo(pair).IsAlternateScreen);
        pair.Output("\e[?2026l"u8);
        pair.RunForMillis(20);
        Assert.True(IsShown(pair, 's') && !KnownTo(pair).IsAlternateScreen);
    }

    [Fact]
    public void The_predictor_hears_of_the_newest_screen_and_of_nothing_before_the_server_has_spoken()
    {
        FarTerminalListener predictor = new();
        using SessionPair pair = new(predictor: predictor) { LineFlags = Secret };
        pair.Client.HandleInput(pair.Now, "k"u8);
        Assert.Equal(FarTerminal.Unknown, predictor.Heard);
        pair.RunForMillis(500);
        Assert.True(predictor.Heard.ReadsSecret);
        pair.LineFlags = Raw;
        pair.Output("x"u8);
        pair.RunForMillis(20);
        Assert.Equal(new FarTerminal(true, false, false, false), predictor.Heard);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Without_an_announcement_of_both_sides_nobody_looks_and_nobody_is_told(bool clientAnnounces, bool serverAnnounces)
    {
        FarTerminalListener predictor = new();
        using ZlibCompressor zlib = new();
        using SessionPair pair = new(clientAnnounces: clientAnnounces, serverAnnounces: serverAnnounces, predictor: predictor) { LineFlags = Secret };
        pair.ServerTap = new DatagramTap(Side.Server, pair.Key, zlib);
        pair.RunForMillis(500);
        pair.Type("k"u8);
        pair.Server.SetFarTerminal(pair.Now, isCanonical: true, echoes: false);
        pair.RunForMillis(500);
        Assert.Equal(0, pair.Looks);
        Assert.NotEmpty(pair.ServerTap.Instructions);
        Assert.DoesNotContain(pair.ServerTap.Instructions, i => i.HasFarTerminal);
        Assert.Equal(FarTerminal.Unknown, predictor.Heard);
    }

    [Fact]
    public void What_a_server_says_that_was_not_asked_is_not_passed_on()
    {
        FarTerminalListener predictor = new();
        using SessionPair pair = new(serverAnnounces: false, predictor: predictor);
        pair.Server.LocalState.FarTerminal = new FarTerminal(true, true, true, false);
        pair.RunForMillis(500);
        pair.Output("x"u8);
        pair.RunForMillis(20);
        Assert.True(KnownTo(pair).Echoes);
        Assert.Equal(FarTerminal.Unknown, predictor.Heard);
    }

    [Fact]
    public void It_is_part_of_the_state_and_of_its_snapshots_and_comes_before_the_text()
    {
        TerminalWorkspace server = new(), client = new();
        TerminalState from = server.NewState(80, 24), to = server.NewState(80, 24), remote = client.NewState(80, 24);
        to.FarTerminal = new FarTerminal(true, true, false, true);
        Assert.False(to.ContentEquals(from));
        TerminalState copy = to.Snapshot();
        Assert.True(copy.ContentEquals(to));
        GrowingBuffer diff = new();
        to.WriteDiff(copy, diff);
        Assert.Equal(0, diff.Length);
        to.Welcome = Announcement.Own.WelcomeTo(Announcement.Own);
        to.Screen.Title = "t";
        to.WriteDiff(from, diff);
        List<DiffItemKind> kinds = [];
        DiffReader reader = new(diff.Written);
        while (reader.Next())
        {
            kinds.Add(reader.Current.Kind);
        }

        Assert.Equal([DiffItemKind.Announcement, DiffItemKind.FarTerminal, DiffItemKind.Bytes], kinds);
        Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
        Assert.True(remote.ContentEquals(to));
        diff.Clear();
        from.WriteDiff(to, diff);
        Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
        Assert.Equal(FarTerminal.Unknown, remote.FarTerminal);
        copy.Release();
        Assert.Equal(FarTerminal.Unknown, server.Rent(from.Screen.Snapshot()).FarTerminal);
    }

    [Fact]
    public void A_malformed_one_is_refused_and_changes_nothing()
    {
        TerminalState state = new TerminalWorkspace().NewState(80, 24);
        Assert.Equal(ApplyResult.Applied, state.Apply(Convert.FromHexString("0A05B206020803")));
        Assert.Equal(ApplyResult.Malformed, state.Apply(Convert.FromHexString("0A05B2060208070A04B2060108")));
        Assert.Equal(new FarTerminal(true, true, false, false), state.FarTerminal);
    }

    /// <summary>A session that has come to rest, its program's terminal in that state.</summary>
    private static SessionPair Started((bool, bool) flags)
    {
        SessionPair pair = new() { LineFlags = flags };
        pair.RunForMillis(500);
        Assert.Equal(flags, (KnownTo(pair).IsCanonical, KnownTo(pair).Echoes));
        Assert.True(KnownTo(pair).IsKnown);
        return pair;
    }

    private static FarTerminal KnownTo(SessionPair pair) => pair.Client.Connection.Remote.FarTerminal;

    private static bool IsShown(SessionPair pair, char first) => pair.Client.Connection.Remote.Screen.CellsAt(0)[0].Content == first;
}
