using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class EmulatorTests
{
    [Fact]
    public void Attaching_starts_a_fresh_parser_and_private_state_but_keeps_the_screens_pen_and_margins()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        Screen other = emulator.Screen.Snapshot();
        emulator.Write("\e[?1h\e[4h\e(0\e[?1049h\e]2;half a title");
        other.Pen = other.Pen with { Foreground = Color.Indexed(1) };
        other.MarginTop = 2;
        emulator.Attach(other);
        emulator.Write("q");
        Assert.Same(other, emulator.Screen);
        Assert.Equal("q", other.RowText(0));
        Assert.Equal(Color.Indexed(1), other.Tables.Styles[other.CellsAt(0)[0].Style].Foreground);
        Assert.Equal(2, other.MarginTop);
        Assert.False(emulator.ApplicationCursorKeys);
        Assert.False(emulator.IsAlternate);
        other.CheckIntegrity();
    }

    [Fact]
    public void Attaching_forgets_left_and_right_margins_and_a_wrap_pending_there()
    {
        Emulator program = TerminalText.Create(20, 5);
        program.Write("\e[?69h\e[5;10s\e[1;10Hx"u8);
        Screen copy = program.Screen.Snapshot();
        Assert.True(copy.Cursor.PendingWrap);
        Emulator reader = TerminalText.Create(20, 5);
        reader.Attach(copy);
        reader.Write("y\e[3;1H01234567890123456789\e[5s"u8);
        Assert.Equal("         y", copy.RowText(0));
        Assert.Equal("01234567890123456789", copy.RowText(2));
        Assert.Equal((4, 9), (program.Screen.MarginLeft, program.Screen.MarginRight));
        copy.CheckIntegrity();
    }

    [Fact]
    public void The_screen_is_not_told_unless_that_is_allowed()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        emulator.Write("a\e[1;1;1;1;1;1*y"u8);
        Assert.True(emulator.Replies.IsEmpty);
    }

    [Fact]
    public void Attaching_to_a_screen_of_another_size_works_within_that_size()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        Screen other = new(40, 10, emulator.Screen.Tables, new ScreenPool());
        emulator.Attach(other);
        emulator.Write("\t\t\t\tx\e[99;99Hy");
        Assert.Equal("x", other.RowText(0).TrimStart());
        Assert.Equal(9, other.Cursor.Row);
        Assert.Equal(39, other.Cursor.Column);
        other.CheckIntegrity();
    }

    [Fact]
    public void A_client_answers_nothing()
    {
        Emulator emulator = new(20, 5, new EmulatorOptions { AnswerQueries = false });
        emulator.Write("\e[c\e[6n\e[5n\e[?7$p\e[>q");
        Assert.True(emulator.Replies.IsEmpty);
    }

    [Fact]
    public void A_program_promised_no_colours_is_not_told_of_any()
    {
        Emulator emulator = new(20, 5, new EmulatorOptions { ColorCount = 0 });
        emulator.Write("\e[c");
        Assert.Equal("\e[?64;6;21;28;52c"u8.ToArray(), emulator.Replies.ToArray());
    }

    [Fact]
    public void Writing_after_a_snapshot_changes_the_live_screen_only()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        emulator.Write("before");
        Screen snapshot = emulator.Screen.Snapshot();
        emulator.Write("\e[2J\e[Hafter\e[?1049halternate");
        Assert.Equal("before", snapshot.RowText(0));
        Assert.False(snapshot.ContentEquals(emulator.Screen));
        emulator.Write("\e[?1049l\e[2J\e[Hbefore");
        Assert.True(snapshot.ContentEquals(emulator.Screen));
        snapshot.Release();
        emulator.Screen.CheckIntegrity();
    }

    [Fact]
    public void Equal_rows_have_equal_hashes_and_a_write_forgets_them()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        emulator.Write("same\r\nsame\r\nother");
        Assert.Equal(emulator.Screen.RowHash(0), emulator.Screen.RowHash(1));
        Assert.NotEqual(emulator.Screen.RowHash(0), emulator.Screen.RowHash(2));
        ulong before = emulator.Screen.RowHash(1);
        emulator.Write("\e[2;1HS");
        Assert.NotEqual(before, emulator.Screen.RowHash(1));
        emulator.Screen.CheckIntegrity();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(500, 200)]
    [InlineData(4096, 256)]
    public void Any_size_of_window_holds(int width, int height)
    {
        Emulator emulator = TerminalText.Create(80, 24);
        emulator.Write("text 中文\e[?1049htext\e[3;5r");
        emulator.Resize(width, height);
        emulator.Write("x中e\u0301\r\n\e[5;5Hx\e[K\e[J\e[2J\e[?1049l\eM\e[99L\e[99@");
        emulator.Screen.CheckIntegrity();
        Assert.Equal((width, height), (emulator.Screen.Width, emulator.Screen.Height));
    }
}
