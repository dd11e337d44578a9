using Roam.Host;
using Roam.Session;
using Roam.Terminal;
using Roam.Tests.Transport;
using Roam.Transport;

namespace Roam.Tests.Session;

/// <summary>What a program says beside the picture on its way to the client.</summary>
public sealed class ScreenExtrasTests
{
    private const string Everything =
        "\e]8;id=7;https://example.org/a\alink\e]8;;\a\e]7;file://far/home\a\e]4;1;red;200;#102030\a\e]10;white\a\e]12;rgb:11/22/33\a\e]22;text\a\e]9;4;1;50\a"
        + "\e]777;notify;Build;done\a\e]52;cp;aGVsbG8=\a\e]52;q;d29ybGQ=\a\e]52;3;!\a";

    private static readonly ClientTerminal Capable =
        new() { Term = "xterm-kitty", Colors = 256, HasKittyKeyboard = true, Foreground = Color.Rgb(1, 2, 3), CellWidth = 9, CellHeight = 18, Scheme = ColorScheme.Dark };

    [Fact]
    public void Everything_arrives_as_the_program_set_it()
    {
        using SessionPair pair = Started();
        pair.Output(Bytes(Everything));
        pair.RunForMillis(50);
        Screen shown = Shown(pair);
        Assert.Equal("id=7;https://example.org/a", shown.Tables.Links[shown.CellsAt(0)[3].Link]);
        Assert.Equal(0, shown.CellsAt(0)[4].Link);
        Assert.Equal(pair.Server.Emulator.Screen.Extras, shown.Extras);
        Assert.Equal("file://far/home", shown.Extras.WorkingDirectory);
        Assert.Equal(Color.Rgb(0x10, 0x20, 0x30), shown.Extras.Colors[200]);
        Assert.Equal(new Notification("Build", "done"), shown.Extras.Notification);
        Assert.Equal("aGVsbG8=", shown.Extras.Selections.TextOf(1));
        Assert.Equal("", shown.Extras.Selections.TextOf(Selections.Names.IndexOf('3', StringComparison.Ordinal)));
        Assert.True(pair.Client.Connection.Remote.ContentEquals(pair.Server.LocalState));
        pair.Output("\ec\e]7;\a"u8);
        pair.RunForMillis(50);
        Assert.Null(Shown(pair).Extras.WorkingDirectory);
        Assert.Equal(ColorOverrides.None, Shown(pair).Extras.Colors);
        Assert.True(pair.Client.Connection.Remote.ContentEquals(pair.Server.LocalState));
    }

    [Fact]
    public void A_link_that_comes_or_goes_under_the_same_text_is_a_change()
    {
        using SessionPair pair = Started();
        pair.Output("text"u8);
        pair.RunForMillis(50);
        pair.Output("\r\e]8;;http://x\atext\e]8;;\a"u8);
        pair.RunForMillis(50);
        Assert.Equal(";http://x", LinkAt(pair, 0));
        pair.Output("\rtex"u8);
        pair.RunForMillis(50);
        Assert.Equal("", LinkAt(pair, 2));
        Assert.Equal(";http://x", LinkAt(pair, 3));
    }

    [Fact]
    public void The_same_text_copied_twice_arrives_twice_and_a_lost_frame_costs_no_event()
    {
        using SessionPair pair = Started();
        pair.Output("\e]52;c;YQ==\a\e]9;ready\a"u8);
        pair.RunForMillis(50);
        Assert.Equal((1ul, 1ul), (Shown(pair).Extras.Selections.CountOf(0), Shown(pair).Extras.NotificationCount));
        pair.IsServerCut = true;
        pair.Output("\e]52;c;YQ==\a"u8);
        pair.RunForMillis(300);
        pair.Output("\e]9;ready\a"u8);
        pair.RunForMillis(300);
        Assert.Equal(1ul, Shown(pair).Extras.Selections.CountOf(0));
        pair.IsServerCut = false;
        pair.RunForMillis(4000);
        Assert.Equal((2ul, 2ul), (Shown(pair).Extras.Selections.CountOf(0), Shown(pair).Extras.NotificationCount));
    }

    [Fact]
    public void Whoever_comes_later_is_not_told_of_events_that_were_before()
    {
        ScreenExtras before = ScreenExtras.None with
        {
            WorkingDirectory = "file:///x",
            Notification = new Notification("", "old"),
            NotificationCount = 3,
            Selections = Selections.None.With(0b11, "b2xk"),
        };
        ScreenExtras after = before.WithoutEvents();
        GrowingBuffer diff = new();
        ExtrasDiff.Write(ScreenExtras.None, after, diff);
        ScreenExtras read = ExtrasDiff.Apply(ScreenExtras.None, diff.Written);
        Assert.Equal(("file:///x", null, 0ul), (read.WorkingDirectory, read.Notification, read.Selections.CountOf(0)));
        Assert.Equal("b2xk", after.Selections.TextOf(0));
        Assert.Null(read.Selections.TextOf(0));
    }

    [Fact]
    public void A_clipboard_of_a_mebibyte_arrives_whole_and_a_longer_one_is_refused_with_a_word()
    {
        using SessionPair pair = Started();
        string text = new('A', Selections.LengthMax);
        pair.Output(Bytes($"\e]52;cp;{text}\a"));
        pair.RunForMillis(8000);
        Assert.Equal(text, pair.PaintedExtras.Selections.TextOf(0));
        Assert.Same(pair.PaintedExtras.Selections.TextOf(0), pair.PaintedExtras.Selections.TextOf(1));
        pair.Output(Bytes($"\e]52;c;{text}AAAA\a"));
        pair.RunForMillis(200);
        Assert.Equal(1ul, Shown(pair).Extras.Selections.CountOf(0));
        Assert.Equal(new Refusal(RefusedExtra.Selection, 1), Shown(pair).Extras.Refusal);
        pair.Output(Bytes($"\e]9;{new string('n', Emulator.NotificationLengthMax + 1)}\a"));
        pair.RunForMillis(200);
        Assert.Equal(new Refusal(RefusedExtra.Notification, 2), Shown(pair).Extras.Refusal);
    }

    [Fact]
    public void Of_long_texts_in_a_row_the_last_is_what_the_selection_holds_and_a_short_one_overtakes_them()
    {
        using SessionPair pair = Started();
        string[] texts = [new('A', 300_000), new('B', 300_000), new('C', 5000), "RA=="];
        foreach (string text in texts)
        {
            pair.Output(Bytes($"\e]52;c;{text}\a"));
            pair.RunForMillis(2);
        }

        pair.Output(Bytes($"\e]52;p;{texts[2]}\a"));
        pair.RunForMillis(50);
        Assert.Equal("RA==", pair.PaintedExtras.Selections.TextOf(0));
        pair.RunForMillis(8000);
        Assert.Equal("RA==", pair.PaintedExtras.Selections.TextOf(0));
        Assert.Equal(texts[2], pair.PaintedExtras.Selections.TextOf(1));
        pair.Output(Bytes($"\e]52;c;{texts[1]}\a"));
        pair.RunForMillis(8000);
        Assert.Equal(texts[1], pair.PaintedExtras.Selections.TextOf(0));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_client_that_does_not_have_them_gets_byte_for_byte_what_it_always_got(bool clientAnnounces, bool serverAnnounces)
    {
        using ZlibCompressor zlib = new();
        using SessionPair pair = new(clientAnnounces: clientAnnounces, serverAnnounces: serverAnnounces, terminal: Capable);
        pair.ServerTap = new DatagramTap(Side.Server, pair.Key, zlib);
        pair.ClientTap = new DatagramTap(Side.Client, pair.Key, zlib);
        pair.RunForMillis(500);
        pair.Output(Bytes(Everything + "\e[>5u"));
        pair.Client.HandleTerminal(pair.Now, Capable with { Scheme = ColorScheme.Light });
        pair.RunForMillis(500);
        List<string> texts = [];
        foreach (TappedInstruction i in pair.ServerTap.Instructions)
        {
            Assert.False(i.Has(DiffItemKind.ScreenExtras));
            DiffReader reader = new(i.Diff);
            while (reader.Next())
            {
                if (reader.Current.Kind == DiffItemKind.Bytes)
                {
                    texts.Add(System.Text.Encoding.UTF8.GetString(reader.Current.Bytes));
                }
            }
        }

        Assert.DoesNotContain(pair.ClientTap.Instructions, i => i.Has(DiffItemKind.Terminal));
        Assert.Equal(["\e]52;c;aGVsbG8=\alink"], texts.Distinct());
    }

    [Fact]
    public void The_program_is_told_of_the_terminal_that_hello_described()
    {
        using SessionPair pair = new(terminal: Capable) { Echoes = false };
        pair.RunForMillis(500);
        pair.Output("\e]10;?\a\e[16t\e[?u\e[>1u\e[?u"u8);
        pair.RunForMillis(50);
        Assert.Equal("\e]10;rgb:0101/0202/0303\a\e[6;18;9t\e[?0u\e[?1u", ProgramInput(pair));
        Assert.Equal(1, Shown(pair).Modes.KeyboardFlags);
    }

    [Fact]
    public void What_the_terminal_answers_later_goes_up_once_between_the_keys_and_the_program_that_asked_for_it_hears_of_changes()
    {
        using ZlibCompressor zlib = new();
        using SessionPair pair = new(terminal: new ClientTerminal { Term = "xterm" }) { Echoes = false };
        pair.ClientTap = new DatagramTap(Side.Client, pair.Key, zlib);
        pair.Client.HandleTerminal(pair.Now, Capable);
        pair.RunForMillis(500);
        pair.Output("\e[?2031h"u8);
        pair.Client.HandleInput(pair.Now, "ab"u8);
        pair.Client.HandleTerminal(pair.Now, Capable with { Scheme = ColorScheme.Light });
        pair.Client.HandleInput(pair.Now, "cd"u8);
        pair.Client.HandleTerminal(pair.Now, Capable with { Scheme = ColorScheme.Light });
        pair.RunForMillis(500);
        Assert.Equal(Capable with { Scheme = ColorScheme.Light }, pair.Server.Emulator.Client);
        Assert.Equal("abcd", ProgramInput(pair).Replace("\e[?997;2n", "", StringComparison.Ordinal));
        Assert.Contains("\e[?997;2n", ProgramInput(pair), StringComparison.Ordinal);
        Assert.True(pair.Server.Connection.Remote.ContentEquals(pair.Client.LocalState));
        int told = pair.ClientTap.Instructions.Count;
        pair.RunForMillis(20_000);
        Assert.DoesNotContain(pair.ClientTap.Instructions[told..], i => i.Has(DiffItemKind.Terminal));
        Assert.Equal(0, pair.Client.Log.TerminalCount + pair.Server.Input.Log.TerminalCount);
    }

    [Fact]
    public void A_thousand_changes_while_the_server_is_away_are_bounded_and_the_last_one_arrives()
    {
        using SessionPair pair = new(terminal: Capable);
        pair.RunForMillis(500);
        pair.IsServerCut = true;
        for (int i = 1; i <= 1000; i++)
        {
            pair.Client.HandleTerminal(pair.Now, Capable with { CellWidth = i });
            pair.RunForMillis(1);
        }

        Assert.Equal(UserLog.TerminalsSentMax, pair.Client.Log.TerminalCount);
        pair.IsServerCut = false;
        pair.RunForMillis(8000);
        Assert.Equal(1000, pair.Server.Emulator.Client.CellWidth);
    }

    [Theory]
    [InlineData("0A0DBA060A3208080120641A025151", "a selection that does not exist")]
    [InlineData("0A0CBA06093207080120001A0121", "a text that is no base64")]
    [InlineData("0A0BBA0608320608012000281C", "the text of a selection that was not given")]
    [InlineData("0A06BA060318E507", "more than a hundred percent")]
    [InlineData("0A0ABA060720FFFFFFFFFF3F", "a colour that does not exist")]
    public void What_no_honest_server_says_is_refused_and_changes_nothing(string hex, string what)
    {
        TerminalState state = new TerminalWorkspace().NewState(20, 5);
        Assert.True(state.Apply(Convert.FromHexString(hex)) == ApplyResult.Refused, what);
        Assert.Same(ScreenExtras.None, state.Screen.Extras);
    }

    [Fact]
    public void Links_that_the_base_had_before_the_client_could_have_them_are_told()
    {
        TerminalWorkspace server = new(), client = new();
        TerminalState from = server.NewState(20, 5), remote = client.NewState(20, 5);
        Emulator program = new(20, 5, new EmulatorOptions { Tables = server.Tables, Pool = server.Pool });
        program.Write("\e]8;;http://x\alink\e]8;;\a plain\e]7;file:///here\a"u8);
        from.Screen = program.Screen.Snapshot();
        GrowingBuffer diff = new();
        from.WriteDiff(server.NewState(20, 5), diff);
        Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
        Assert.Equal(0, remote.Screen.CellsAt(0)[0].Link);
        TerminalState to = from.Snapshot();
        to.Welcome = Announcement.Own.WelcomeTo(Announcement.Own);
        diff.Clear();
        to.WriteDiff(from, diff);
        Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
        Assert.Equal(";http://x", remote.Screen.Tables.Links[remote.Screen.CellsAt(0)[0].Link]);
        Assert.True(remote.ContentEquals(to));
    }

    private static SessionPair Started()
    {
        SessionPair pair = new(terminal: Capable);
        pair.RunForMillis(500);
        return pair;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static Screen Shown(SessionPair pair) => pair.Client.Connection.Remote.Screen;

    private static string LinkAt(SessionPair pair, int column) => Shown(pair).Tables.Links[Shown(pair).CellsAt(0)[column].Link];

    private static string ProgramInput(SessionPair pair) => System.Text.Encoding.UTF8.GetString(pair.ProgramInput.ToArray());
}
