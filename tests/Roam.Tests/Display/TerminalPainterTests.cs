using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>The painter, seen through an emulator that plays the user's terminal.</summary>
public sealed class TerminalPainterTests
{
    private static readonly TerminalCapabilities Full = TerminalCapabilities.Default with
    {
        Colors = 256,
        TrueColor = true,
        BackColorErase = true,
        Title = true,
        CursorShape = true,
        StyledUnderlines = true,
    };

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 2, 3 }, { 17, 6 }, { 80, 24 }, { 500, 200 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_terminal_shows_what_was_painted(int width, int height)
    {
        for (int seed = 0; seed < (width > 100 ? 3 : 40); seed++)
        {
            TerminalPainter painter = new(Full);
            Emulator terminal = Open(painter, width, height);
            Emulator remote = new(width, height, new EmulatorOptions());
            RandomProgram output = new(seed, width, height);
            for (int round = 0; round < 25; round++)
            {
                remote.Write(output.Next(1 + (round % 15)));
                if (round % 9 == 8)
                {
                    terminal.Write("\x1b[31;42mgarbage\x1b[5;9r\x1b[?25l");
                    terminal.Write("\x1b[" + (int)remote.Screen.Cursor.Shape + " q");
                    painter.Repaint();
                }

                string bytes = painter.Paint(remote.Screen);
                terminal.Write(bytes);
                Pictures.AssertSame(remote.Screen, terminal.Screen, $"seed {seed} round {round} {Pictures.Readable(bytes)}");
            }

            terminal.Screen.CheckIntegrity();
        }
    }

    /// <summary>No erasing with background, no ECH, no EL, no scrolling region, auto margins that scroll, eight colours: text and place must still be right.</summary>
    [Fact]
    public void A_poor_terminal_shows_the_same_text()
    {
        TerminalCapabilities poor = new()
        {
            Colors = 8,
            EraseCharacters = false,
            EraseLine = false,
            EraseLineStart = false,
            EraseDisplay = false,
            InsertDelete = false,
            CursorMotion = false,
            LineAddress = false,
            ReverseScroll = false,
            ScrollRegion = false,
            BottomRightScrolls = true,
            EnterAlternateScreen = default,
            LeaveAlternateScreen = default,
        };
        for (int seed = 0; seed < 40; seed++)
        {
            TerminalPainter painter = new(poor);
            Emulator terminal = Open(painter, 30, 8);
            Emulator remote = new(30, 8, new EmulatorOptions());
            RandomProgram output = new(seed, 30, 8);
            for (int round = 0; round < 25; round++)
            {
                remote.Write(output.Next(10));
                string bytes = painter.Paint(remote.Screen);
                terminal.Write(bytes);
                Assert.DoesNotMatch(@"\x1b\[\d*[XKPABCDGdb@]|\x1b\[J|\x1bM|\x1b\[\d+;\d+r|[34]8;|;[91]\d\d?m|\x1b\]|4:|58:", bytes.Replace("\x1b]52;", "", StringComparison.Ordinal));
                Assert.Equal((remote.Screen.Cursor.Row, remote.Screen.Cursor.Column), (terminal.Screen.Cursor.Row, terminal.Screen.Cursor.Column));
                string[] expected = WithoutLastCell(remote.Screen);
                Assert.Equal(expected, WithoutLastCell(terminal.Screen));
            }
        }
    }

    [Theory]
    [InlineData(30, 10)]
    [InlineData(10, 4)]
    [InlineData(1, 1)]
    [InlineData(25, 4)]
    public void A_frame_of_another_size_is_cut_or_extended(int width, int height)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            TerminalPainter painter = new(Full);
            Emulator terminal = Open(painter, width, height);
            painter.Resize(width, height);
            Emulator remote = new(20, 6, new EmulatorOptions());
            RandomProgram output = new(seed, 20, 6);
            for (int round = 0; round < 10; round++)
            {
                remote.Write(output.Next(20));
                Screen expected = remote.Screen.Snapshot();
                expected.Resize(width, height);
                terminal.Write(painter.Paint(remote.Screen));
                Pictures.AssertSame(expected, terminal.Screen, $"seed {seed} round {round}");
            }
        }
    }

    [Fact]
    public void A_resize_of_the_terminal_redraws_and_then_only_differences_follow()
    {
        TerminalPainter painter = new(Full);
        Emulator remote = new(20, 6, new EmulatorOptions());
        remote.Write("one");
        painter.Resize(20, 6);
        painter.Paint(remote.Screen);
        painter.Resize(40, 12);
        Assert.Contains("\x1b[2J", painter.Paint(remote.Screen), StringComparison.Ordinal);
        remote.Resize(40, 12);
        remote.Write("x");
        Assert.Equal("x", painter.Paint(remote.Screen));
        painter.Resize(40, 12);
        Assert.Equal("", painter.Paint(remote.Screen));
    }

    [Fact]
    public void A_typed_character_is_one_byte_and_several_rows_are_drawn_without_a_cursor()
    {
        TerminalPainter painter = new(Full);
        Emulator remote = new(20, 6, new EmulatorOptions());
        painter.Paint(remote.Screen);
        remote.Write("x");
        Assert.Equal("x", painter.Paint(remote.Screen));
        remote.Write("\r\none\r\ntwo");
        Assert.Equal("^[[?25l\r\none\r\ntwo^[[?25h", Pictures.Readable(painter.Paint(remote.Screen)));
    }

    [Fact]
    public void Titles_carry_the_prefix_and_come_back_after_a_repaint()
    {
        TerminalPainter painter = new(Full);
        Emulator remote = new(20, 6, new EmulatorOptions());
        Assert.DoesNotContain("\x1b]", painter.Paint(remote.Screen), StringComparison.Ordinal);
        remote.Write("\x1b]0;shell\a");
        Assert.Equal("\x1b[22;0t\x1b]0;[mosh] shell\a", painter.Paint(remote.Screen));
        painter.Repaint();
        Assert.StartsWith("\x1b]0;[mosh] shell\a", painter.Paint(remote.Screen), StringComparison.Ordinal);
        TerminalPainter plain = new(Full, new TerminalPainterOptions { TitlePrefix = "" });
        Assert.StartsWith("\x1b[22;0t\x1b]0;shell\a", plain.Paint(remote.Screen), StringComparison.Ordinal);
    }

    [Fact]
    public void Bell_and_clipboard_are_passed_on_once()
    {
        TerminalPainter painter = new(Full);
        Emulator remote = new(20, 6, new EmulatorOptions());
        painter.Paint(remote.Screen);
        remote.Write("\a\x1b]52;c;aGVsbG8=\a");
        Assert.Equal("\x1b]52;c;aGVsbG8=\a\a", painter.Paint(remote.Screen));
        painter.Repaint();
        string again = painter.Paint(remote.Screen);
        Assert.DoesNotContain('\a', again);
    }

    [Fact]
    public void Opening_and_closing_leave_no_mode_behind()
    {
        TerminalPainter painter = new(Full);
        Emulator terminal = new(20, 6, new EmulatorOptions());
        terminal.Write("$ before");
        Screen before = terminal.Screen.Snapshot();
        ArrayBufferWriter<byte> bytes = new();
        painter.WriteOpen(bytes);
        Assert.Equal("^[[?1049h^[[?1h", Pictures.Readable(Encoding.UTF8.GetString(bytes.WrittenSpan)));
        terminal.Write(bytes.WrittenSpan);
        Assert.True(terminal.ApplicationCursorKeys);
        Emulator remote = new(20, 6, new EmulatorOptions());
        remote.Write("\x1b[?25l\x1b[?5h\x1b[?1003;1006;1004;2004h\x1b[5 q\x1b[31;44mtext\x1b[2;4r");
        terminal.Write(painter.Paint(remote.Screen));
        bytes.ResetWrittenCount();
        painter.WriteClose(bytes);
        terminal.Write(bytes.WrittenSpan);
        Pictures.AssertSame(before, terminal.Screen, "after the close");
        Assert.Equal(Style.Default, terminal.Screen.Pen);
        Assert.False(terminal.ApplicationCursorKeys);
    }

    [Fact]
    public void A_close_ends_an_update_first_and_gives_back_only_a_cursor_that_was_changed()
    {
        TerminalPainter painter = new(Full with { SynchronizedOutput = true });
        Emulator remote = new(20, 6, new EmulatorOptions());
        painter.Paint(remote.Screen);
        ArrayBufferWriter<byte> bytes = new();
        painter.WriteClose(bytes);
        string close = Encoding.ASCII.GetString(bytes.WrittenSpan);
        Assert.StartsWith("\x1b[?2026l", close, StringComparison.Ordinal);
        Assert.DoesNotContain(" q", close, StringComparison.Ordinal);
        remote.Write("\x1b[5 q");
        painter.Paint(remote.Screen);
        remote.Write("\x1b[0 q");
        painter.Repaint();
        Assert.Contains("\x1b[0 q", painter.Paint(remote.Screen), StringComparison.Ordinal);
        bytes.ResetWrittenCount();
        painter.WriteClose(bytes);
        Assert.Contains("\x1b[0 q", Encoding.ASCII.GetString(bytes.WrittenSpan), StringComparison.Ordinal);
    }

    /// <summary>More than one row at once; a single row needs no frame, and neither does a terminal that has said no.</summary>
    [Fact]
    public void What_is_learned_later_is_used_from_then_on()
    {
        TerminalPainter painter = new(Full);
        Emulator remote = new(20, 6, new EmulatorOptions());
        painter.Paint(remote.Screen);
        Assert.False(painter.Learn(Full with { SynchronizedOutput = true }));
        remote.Write("one\r\ntwo");
        Assert.Equal("^[[?2026hone\r\ntwo^[[?2026l", Pictures.Readable(painter.Paint(remote.Screen)));
        remote.Write("x");
        Assert.Equal("x", painter.Paint(remote.Screen));
        Assert.True(painter.Learn(Full with { Italic = false }));
        Assert.Contains("\x1b[2J", painter.Paint(remote.Screen), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_terminal_initialisation_the_last_screen_stays_and_the_prompt_comes_below()
    {
        TerminalPainter painter = new(Full, new TerminalPainterOptions { AlternateScreen = false });
        Emulator terminal = Open(painter, 20, 4);
        Emulator remote = new(20, 4, new EmulatorOptions());
        remote.Write("one\r\ntwo");
        terminal.Write(painter.Paint(remote.Screen));
        ArrayBufferWriter<byte> bytes = new();
        painter.WriteClose(bytes);
        terminal.Write(bytes.WrittenSpan);
        terminal.Write("$");
        Assert.Equal("two\n\n\n$", terminal.Screen.AllText());
    }

    [Fact]
    public void Painting_allocates_nothing_in_steady_state()
    {
        TerminalPainter painter = new(Full);
        Emulator remote = new(120, 40, new EmulatorOptions());
        ArrayBufferWriter<byte> bytes = new(1 << 20);
        byte[] output = Encoding.UTF8.GetBytes("\x1b[38;2;9;9;9mred\x1b[0m 日本 line of text\r\n\x1b]2;t\a");
        Turn(painter, remote, bytes, output, 50);
        Allocation.AssertNone(() => Turn(painter, remote, bytes, output, 200));
    }

    private static void Turn(TerminalPainter painter, Emulator remote, ArrayBufferWriter<byte> bytes, byte[] output, int count)
    {
        for (int i = 0; i < count; i++)
        {
            remote.Write(output);
            bytes.ResetWrittenCount();
            painter.Paint(remote.Screen, bytes);
        }
    }

    private static Emulator Open(TerminalPainter painter, int width, int height)
    {
        Emulator terminal = new(width, height, new EmulatorOptions());
        ArrayBufferWriter<byte> bytes = new();
        painter.WriteOpen(bytes);
        terminal.Write(bytes.WrittenSpan);
        return terminal;
    }

    private static string[] WithoutLastCell(Screen screen)
    {
        string[] rows = [.. Enumerable.Range(0, screen.Height).Select(y => string.Concat(
            screen.CellsAt(y)[..(y == screen.Height - 1 ? screen.Width - 2 : screen.Width)].ToArray().Select(
                c => c.IsGrapheme ? screen.Tables.Graphemes[c.Content] : c.IsSpacer ? "" : new Rune(c.Content).ToString())).TrimEnd())];
        return rows;
    }
}
