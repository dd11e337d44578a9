using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal.Display;

/// <summary>What the canvas writes, case by case.</summary>
public class TallCanvasTests
{
    private readonly CanvasScene _scene = new(20, 5);

    [Fact]
    public void Opening_pushes_what_is_above_the_cursor_and_nothing_else()
    {
        _scene.User.Write("one\r\ntwo\r\n"u8);
        _scene.Open();
        Assert.Equal(["one", "two", "", "", "", "", ""], _scene.Rows());
        _ = _scene.Turn("$ ");
        Assert.Equal(["one", "two", "$", "", "", "", ""], _scene.Rows());
    }

    [Fact]
    public void A_line_that_follows_the_others_is_a_line_feed_and_its_text()
    {
        _scene.Open();
        _ = _scene.Turn(CanvasScene.Numbers(0, 10));
        Assert.Equal("10\r\n", _scene.Turn("10\r\n"));
        Assert.Equal("11\r\n12\r\n", _scene.Turn("11\r\n12\r\n"));
    }

    [Fact]
    public void A_character_typed_is_that_character()
    {
        _scene.Open();
        _ = _scene.Turn("$ ");
        Assert.Equal("l", _scene.Turn("l"));
    }

    [Fact]
    public void History_that_comes_late_is_put_above_the_frame()
    {
        _scene.Open();
        _scene.Server.Write("0\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6"u8);
        _ = _scene.Paint();
        Assert.Equal(["2", "3", "4", "5", "6"], _scene.Rows());
        _scene.Receive(1);
        _ = _scene.Paint();
        Assert.Equal(["0", "2", "3", "4", "5", "6"], _scene.Rows());
        _scene.Receive();
        _ = _scene.Paint();
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], _scene.Rows());
    }

    [Fact]
    public void A_line_that_the_frame_still_shows_waits()
    {
        _scene.Open();
        _ = _scene.Turn("0\r\n1\r\n2\r\n3\r\n4");
        Screen old = _scene.Server.Screen.Snapshot();
        _scene.Server.Write("\r\n5\r\n6"u8);
        _scene.Receive();
        _ = _scene.Paint(old);
        Assert.Equal(["0", "1", "2", "3", "4"], _scene.Rows());
        Assert.Equal(2, _scene.Pending.Count);
        old.Release();
    }

    [Fact]
    public void An_overlay_is_taken_away_before_its_row_leaves_the_screen()
    {
        _scene.Open();
        _ = _scene.Turn("0\r\n1\r\n2\r\n3\r\n4");
        Screen frame = _scene.Server.Screen.Snapshot();
        frame.WritableRow(0).Cells.AsSpan().Fill(Cell.Of('!', 1, 0));
        _ = _scene.Paint(frame);
        Assert.Equal(new string('!', 20), _scene.Rows()[0]);
        _ = _scene.Turn("\r\n5");
        Assert.Equal(["0", "1", "2", "3", "4", "5"], _scene.Rows());
        frame.Release();
    }

    [Fact]
    public void A_wrapped_line_stays_one_line_in_the_scrollback()
    {
        _scene.Open();
        _ = _scene.Turn("a line of thirty characters...\r\n1\r\n2\r\n3\r\n4\r\n5");
        Assert.Equal(["a line of thirty cha→", "racters...", "1", "2", "3", "4", "5"], _scene.Rows());
    }

    [Fact]
    public void A_wide_character_that_does_not_fit_leaves_no_space_behind()
    {
        _scene.Open();
        _ = _scene.Turn("0123456789012345678日本語\r\n1\r\n2\r\n3\r\n4\r\n5");
        Assert.Equal(["0123456789012345678→", "日本語", "1", "2", "3", "4", "5"], _scene.Rows());
        HistoryLog log = _scene.User.History!;
        Assert.True(log.TryGet(0, out ReadOnlySpan<byte> record));
        PendingHistory line = new();
        Assert.True(line.Append(0, record));
        Assert.True(line.HeadAt(0).EndsInSpacer);
        Assert.Equal(19, line.HeadAt(0).Occupied);
    }

    [Fact]
    public void Rows_that_are_one_line_no_more_are_parted()
    {
        _scene.Open();
        _ = _scene.Turn("a line of thirty characters...");
        Assert.Equal("a line of thirty cha→", _scene.Rows()[0]);
        _ = _scene.Turn("\e[H\e[2Jfirst\r\nsecond");
        Assert.Equal(["first", "second"], _scene.Rows()[..2]);
        _ = _scene.Turn("\e[H" + new string('x', 20) + "\r\nsecond");
        Assert.Equal([new string('x', 20), "second"], _scene.Rows()[..2]);
    }

    [Fact]
    public void A_character_of_doubtful_width_at_the_edge_ends_the_line_there()
    {
        _scene.Open();
        _ = _scene.Turn(new string('x', 18) + "👍go on\r\n1\r\n2\r\n3\r\n4\r\n5");
        Assert.Equal([new string('x', 18) + "👍", "go on", "1"], _scene.Rows()[..3]);
    }

    [Fact]
    public void A_line_that_begins_with_a_doubtful_character_is_wrapped_by_a_space()
    {
        _scene.Open();
        string sent = _scene.Turn(CanvasScene.Numbers(0, 4) + new string('x', 20) + "👍go on");
        Assert.Equal(["0", "1", "2", "3", new string('x', 20) + "→", "👍go on"], _scene.Rows());
        Assert.Contains("x \r", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_background_does_not_run_over_the_row_that_a_wrap_brings_in()
    {
        _scene.Open();
        _ = _scene.Turn("\e[44m" + new string('x', 24) + "\e[m\e[5H\r\n1\r\n2");
        Assert.Equal(Style.Default, _scene.User.Screen.Tables.Styles[_scene.User.Screen.CellsAt(0)[10].Style]);
        _scene.Receive();
        _ = _scene.Paint();
        List<ShownRow> rows = EmulatorTerminal.RowsOf(_scene.User);
        Assert.Equal("4*d,p4, ", rows[1].Styles);
    }

    [Fact]
    public void Never_are_more_cells_inserted_than_are_left_behind_them()
    {
        _scene.Open();
        _ = _scene.Turn(" abcdefg");
        string sent = _scene.Turn("\r\e[Kfile92");
        Assert.Equal("file92", _scene.Rows()[0]);
        Assert.DoesNotContain("@", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_were_not_kept_are_said_in_their_place()
    {
        _scene.Open();
        _scene.Server.Write("0\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7"u8);
        _scene.Pending.AppendGap(0, 2);
        Assert.True(_scene.Server.History!.TryGet(2, out ReadOnlySpan<byte> record));
        Assert.True(_scene.Pending.Append(2, record));
        _ = _scene.Paint();
        Assert.Equal(["[... 2 lines not kep", "2", "3", "4", "5", "6", "7"], _scene.Rows());
    }

    [Fact]
    public void At_the_end_what_is_missing_is_said()
    {
        _scene.Open();
        _ = _scene.Turn("$ ");
        _scene.Server.Write("0\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7"u8);
        _scene.Receive(2);
        _ = _scene.PaintLast();
        _ = _scene.Close();
        Assert.Equal(["$ 0", "1", "[... 1 line not kept", "3", "4", "5", "6", "7", ""], _scene.Rows());
        Assert.Equal((4, 0), (_scene.User.Screen.Cursor.Row, _scene.User.Screen.Cursor.Column));
    }

    [Fact]
    public void Lines_cut_at_another_width_are_wrapped_anew()
    {
        CanvasScene wide = new(30, 5);
        wide.Open();
        wide.Server.Write("this line is as long as thirty-six. \r\nshort\r\n2\r\n3\r\n4\r\n5\r\n6"u8);
        wide.Receive();
        wide.Painter.Resize(12, 5);
        wide.User.Resize(12, 5);
        wide.Server.Resize(12, 5);
        _ = wide.Paint();
        Assert.Equal(["this line is→", " as long as→", "thirty-six.", "short", "2", "3", "4", "5", "6"], wide.Rows());
    }

    [Fact]
    public void A_logical_line_is_committed_when_all_of_it_has_come()
    {
        _scene.Open();
        _scene.Server.Write(System.Text.Encoding.ASCII.GetBytes(new string('x', 50) + "\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6"));
        _scene.Receive(2);
        _ = _scene.Paint();
        Assert.Equal(2, _scene.Pending.Count);
        _scene.Receive(1);
        _ = _scene.Paint();
        Assert.Equal(0, _scene.Pending.Count);
    }

    [Fact]
    public void A_logical_line_longer_than_a_chunk_is_committed_all_the_same()
    {
        _scene.Open();
        _ = _scene.Turn(new string('x', 20 * 300) + "\r\n1\r\n2\r\n3\r\n4\r\n5\r\n");
        Assert.Equal(0, _scene.Pending.Count);
        Assert.Equal(300, _scene.Rows().Count(row => row.StartsWith("xxxx", StringComparison.Ordinal)));
        _ = _scene.Turn(new string('y', 20 * 700) + "\r\n1\r\n2\r\n3\r\n4\r\n5\r\n");
        Assert.Equal(0, _scene.Pending.Count);
        string[] rows = [.. _scene.Rows().Where(row => row.StartsWith("yyyy", StringComparison.Ordinal))];
        Assert.Equal(700, rows.Length);
        Assert.Single(rows, row => !row.EndsWith('→'));
    }

    [Fact]
    public void A_flood_comes_in_chunks()
    {
        _scene.Open();
        _scene.Server.Write(System.Text.Encoding.ASCII.GetBytes(CanvasScene.Numbers(0, 1000)));
        _scene.Receive();
        string first = _scene.PaintOnce(out bool more);
        Assert.True(more);
        Assert.InRange(first.Length, 200, 2000);
        Assert.Equal(996 - 200, _scene.Pending.Count);
        _ = _scene.Paint();
        Assert.Equal(0, _scene.Pending.Count);
        Assert.Equal(1001, _scene.Rows().Length);
    }

    [Fact]
    public void The_alternate_screen_leaves_no_trace()
    {
        _scene.Open();
        _ = _scene.Turn(CanvasScene.Numbers(0, 7) + "$ vi");
        string entering = _scene.Turn("\e[?1049h\e[H\e[2J~\r\n~");
        Assert.StartsWith("\e[m\e[5;20H\e[J\e[?1049h", entering, StringComparison.Ordinal);
        Assert.True(_scene.User.IsAlternate);
        _ = _scene.Turn("\r\n~\r\n~\r\n~\r\n~\r\n~");
        string leaving = _scene.Turn("\e[?1049l\r\ndone");
        Assert.StartsWith("\e[m\e[?1049l", leaving, StringComparison.Ordinal);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "$ vi", "done"], _scene.Rows());
    }

    [Fact]
    public void The_bottom_right_cell_is_there_again_after_the_alternate_screen()
    {
        _scene.Open();
        string screen = "\e[5;20H@";
        _ = _scene.Turn(screen);
        _ = _scene.Turn("\e[?1049h");
        _ = _scene.Turn("\e[?1049l");
        Assert.EndsWith("@", _scene.Rows()[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_ends_on_the_alternate_screen_gives_the_main_screen_back()
    {
        _scene.Open();
        _ = _scene.Turn("0\r\n1\r\n$ vi\r\n");
        _ = _scene.Turn("\e[?1049h\e[2J~~~");
        _ = _scene.PaintLast();
        _ = _scene.Close();
        Assert.False(_scene.User.IsAlternate);
        Assert.Equal(["0", "1", "$ vi", "", ""], _scene.Rows());
        Assert.Equal((4, 0), (_scene.User.Screen.Cursor.Row, _scene.User.Screen.Cursor.Column));
    }

    [Fact]
    public void A_repaint_clears_what_somebody_else_wrote_and_scrolls_nothing()
    {
        _scene.Open();
        _ = _scene.Turn(CanvasScene.Numbers(0, 7) + "$ ");
        _scene.User.Write("\e[2;5Hnoise\e[4;1Hnoise"u8);
        _scene.Painter.Repaint();
        _ = _scene.Paint();
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "$"], _scene.Rows());
    }

    [Fact]
    public void Keyboard_flags_are_off_at_the_switch_and_on_again_behind_it()
    {
        Emulator server = new(20, 5, new EmulatorOptions { HistoryLines = 100 });
        _scene.Open();
        Screen frame = server.Screen.Snapshot();
        frame.Modes.KeyboardFlags = 5;
        _ = _scene.Paint(frame);
        frame.IsAlternate = true;
        string entering = _scene.Paint(frame);
        Assert.True(entering.IndexOf("\e[=0;1u", StringComparison.Ordinal) < entering.IndexOf("\e[?1049h", StringComparison.Ordinal));
        Assert.True(entering.IndexOf("\e[=5;1u", StringComparison.Ordinal) > entering.IndexOf("\e[?1049h", StringComparison.Ordinal));
        frame.Release();
    }

    [Fact]
    public void Rows_that_the_terminal_took_back_from_its_scrollback_are_pushed_again()
    {
        _scene.Open();
        _ = _scene.Turn(CanvasScene.Numbers(0, 8) + "$ ");

        // As a terminal does that anchors the text at the bottom: two rows come back at the top.
        _scene.Painter.Resize(20, 7);
        _scene.User.Resize(20, 7);
        _scene.User.Write("\e[H\e[2L2\e[2H3\e[7;3H"u8);
        Assert.True(_scene.Painter.WantsCursorReport);
        _scene.Painter.CursorReported(6);
        _scene.Server.Resize(20, 7);
        _ = _scene.Paint();
        Assert.Equal(["0", "1", "2", "3", "2", "3", "4", "5", "6", "7", "$", "", ""], _scene.Rows());
    }

    [Fact]
    public void Rows_that_the_terminal_pushed_itself_are_committed_without_a_byte()
    {
        _scene.Open();
        _ = _scene.Turn(CanvasScene.Numbers(0, 8) + "$ ");
        _scene.Painter.Resize(20, 3);
        _scene.User.Resize(20, 3);
        _scene.Painter.CursorReported(_scene.User.Screen.Cursor.Row);
        _ = _scene.Paint();
        _scene.Server.Resize(20, 3);
        _ = _scene.Turn("");
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "$"], _scene.Rows());
        Assert.Equal(0, _scene.Pending.Count);
        _ = _scene.Turn("\r\n9");
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "$", "9"], _scene.Rows());
    }

    [Fact]
    public void A_terminal_that_was_somebody_elses_is_entered_as_at_the_start()
    {
        _scene.Open();
        _ = _scene.Turn("0\r\n$ ");
        _ = _scene.Close();
        _scene.User.Write("[suspended]\r\nlocal$ fg\r\n"u8);
        _scene.Open();
        Assert.Equal(["0", "$", "[suspended]", "local$ fg", "0", "$", "", "", ""], _scene.Rows());
    }

    [Fact]
    public void Short_rows_that_become_a_few_wide_ones_are_committed_to_the_last()
    {
        const int lines = 300;
        CanvasScene scene = new(2, 5);
        scene.Open();
        scene.Server.Write(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1000, lines).Select(i => $"line{i}\r\n"))));
        scene.Server.Resize(80, 5);
        scene.User.Resize(80, 5);
        scene.Painter.Resize(80, 5);
        scene.Receive();
        _ = scene.Paint();
        Assert.Equal(0, scene.Pending.Count);
        Assert.Equal(lines - 1, scene.Rows().Count(row => row.StartsWith("line", StringComparison.Ordinal) && row.Length == 8));
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("vt100")]
    [InlineData("dumb")]
    public void A_terminal_without_scrollback_is_drawn_the_classic_way(string term)
    {
        TerminalPainter painter = new(TerminalCapabilities.From([], term, null), new TerminalPainterOptions { NativeScrollback = true });
        Assert.False(painter.CanKeepHistory);
        System.Buffers.ArrayBufferWriter<byte> bytes = new();
        painter.WriteOpen(bytes, nativeScrollback: true);
        Assert.False(painter.KeepsHistory);
        Assert.Equal("\e[?1049h\e[?1h", System.Text.Encoding.ASCII.GetString(bytes.WrittenSpan));
    }

    [Fact]
    public void Without_the_alternate_screen_or_the_wish_it_is_the_classic_way_too()
    {
        Assert.False(new TerminalPainter(CanvasScene.Capabilities).CanKeepHistory);
        TerminalPainterOptions noInit = new() { NativeScrollback = true, AlternateScreen = false };
        Assert.False(new TerminalPainter(CanvasScene.Capabilities, noInit).CanKeepHistory);
        Assert.False(new TerminalPainter(CanvasScene.Capabilities with { EraseLine = false }, new TerminalPainterOptions { NativeScrollback = true }).CanKeepHistory);
        Assert.False(new TerminalPainter(CanvasScene.Capabilities with { BottomRightScrolls = true }, new TerminalPainterOptions { NativeScrollback = true }).CanKeepHistory);
    }
}
