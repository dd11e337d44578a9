using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>What a program says beside the picture, on the user's terminal: set, changed, and taken back at the end.</summary>
public sealed class ExtrasDrawingTests
{
    private static readonly ClientTerminal Capable = ClientTerminal.Unknown with { HasKittyKeyboard = true, HasModifyOtherKeys = true };
    private static readonly TerminalCapabilities Full = TerminalCapabilities.Default with { Title = true, Progress = true, Notifications = NotificationForm.TitleAndBody };

    [Fact]
    public void Each_thing_is_set_as_the_terminal_takes_it_and_taken_back_at_the_end()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("\e]7;file://far/home\a\e]4;1;red;200;#102030\a\e]5;0;blue\a\e]10;white\a\e]12;#010203\a\e]22;text\a\e]9;4;1;50\a");
        Assert.Equal(
            "^[]7;file://far/home\a^[]4;1;rgb:ff/00/00\a^[]4;200;rgb:10/20/30\a^[]5;0;rgb:00/00/ff\a^[]10;rgb:ff/ff/ff\a^[]12;rgb:01/02/03\a^[]22;text\a^[]9;4;1;50\a",
            Pictures.Readable(painter.Paint(program.Screen)));
        program.Write("\e]104;1\a\e]4;7;#070707\a\e]110\a\e]9;4;3\a");
        Assert.Equal("^[]104;1\a^[]4;7;rgb:07/07/07\a^[]110\a^[]9;4;3;0\a", Pictures.Readable(painter.Paint(program.Screen)));
        Assert.Contains("^[]7;\a^[]104;7\a^[]104;200\a^[]105;0\a^[]112\a^[]22;\a^[]9;4;0;0\a", Pictures.Readable(Drawn(painter.WriteClose)), StringComparison.Ordinal);
        Assert.DoesNotContain("\e]", Drawn(painter.WriteClose), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_stop_the_session_has_its_own_again_and_no_event_comes_twice()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("\e]0;vim\a\e]11;#000000\a\e]22;hand\a\e[5 q\e[?1006;1000h\e[>5u\e]52;c;YQ==\a\e]9;done\a");
        Assert.StartsWith("^[]11;rgb:00/00/00\a^[]22;hand\a^[]9;done\a^[]52;c;YQ==\a^[[22;0t^[[>u^[]0;[mosh] vim\a", Pictures.Readable(painter.Paint(program.Screen)), StringComparison.Ordinal);
        string close = Pictures.Readable(Drawn(painter.WriteClose));
        Assert.All((string[])["^[]111\a", "^[]22;\a", "^[[<u", "^[[23;0t", "^[[?1000l", "^[[?1006l"], part => Assert.Contains(part, close, StringComparison.Ordinal));
        Drawn(painter.WriteOpen);
        string again = Pictures.Readable(painter.Paint(program.Screen));
        Assert.StartsWith("^[]11;rgb:00/00/00\a^[]22;hand\a^[[22;0t^[[>u^[]0;[mosh] vim\a", again, StringComparison.Ordinal);
        Assert.All((string[])["^[[?1000h", "^[[?1006h", "^[[=5;1u"], part => Assert.Contains(part, again, StringComparison.Ordinal));
        Assert.DoesNotContain("]52", again, StringComparison.Ordinal);
        Assert.DoesNotContain("]9;", again, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_the_session_did_not_touch_is_touched()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("plain text");
        string all = painter.Paint(program.Screen) + Drawn(painter.WriteClose);
        Assert.DoesNotMatch(@"\e\]|\e\[(?:>|<|=|2[23];)", all);
    }

    [Fact]
    public void A_redrawing_sets_again_what_is_set()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("\e]7;file:///x\a\e]11;#000000\a\e]9;note\a");
        painter.Paint(program.Screen);
        painter.Repaint();
        string again = painter.Paint(program.Screen);
        Assert.StartsWith("\e]7;file:///x\a\e]11;rgb:00/00/00\a", again, StringComparison.Ordinal);
        Assert.DoesNotContain("note", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("vt100")]
    [InlineData("dumb")]
    public void A_console_gets_none_of_it(string term)
    {
        (Emulator program, TerminalPainter painter) = Open(TerminalCapabilities.From(TerminfoEntries.Load(term), term, null));
        program.Write("\e]8;;http://x\alink\e]8;;\a\e]0;t\a\e]7;file:///x\a\e]4;1;red\a\e]11;red\a\e]22;text\a\e]9;4;1;5\a\e]9;note\a\e]777;notify;a;b\a\e]52;c;YQ==\a");
        string all = painter.Paint(program.Screen) + Drawn(painter.WriteClose);
        Assert.DoesNotContain("\e]", all, StringComparison.Ordinal);
        Assert.Contains("link", all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_may_show_progress_as_a_message_does_not_get_it()
    {
        (Emulator program, TerminalPainter painter) = Open(Full with { Progress = false });
        program.Write("\e]9;4;1;50\a");
        Assert.Equal("", painter.Paint(program.Screen));
        Assert.True(painter.Capabilities.With(new TerminalFacts { Name = "ghostty 1.2.0" }).Progress);
        Assert.False(painter.Capabilities.With(new TerminalFacts { Name = "WezTerm 20240203" }).Progress);
        painter.Learn(Full);
        Assert.Equal("^[]9;4;1;50\a", Pictures.Readable(painter.Paint(program.Screen)));
    }

    [Theory]
    [InlineData(NotificationForm.TitleAndBody, "\e]777;notify;Build;done;now\a", "\e]777;notify;Build;done;now\a")]
    [InlineData(NotificationForm.Text, "\e]777;notify;Build;done\a", "\e]9;Build: done\a")]
    [InlineData(NotificationForm.TitleAndBody, "\e]9;done\a", "\e]9;done\a")]
    [InlineData(NotificationForm.Text, "\e]777;notify;;4;1;50\a", "\e]9; 4;1;50\a")]
    public void A_notification_has_the_form_that_the_terminal_reads(NotificationForm form, string written, string drawn)
    {
        (Emulator program, TerminalPainter painter) = Open(Full with { Notifications = form });
        program.Write(written);
        Assert.Equal(drawn, painter.Paint(program.Screen));
    }

    [Fact]
    public void Each_selection_gets_its_own_text_and_one_that_is_set_again_gets_it_again()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("\e]52;p;cHJpbWFyeQ==\a\e]52;c;Y2xpcA==\a\e]52;07;Y2xpcA==\a");
        Assert.Equal("\e]52;c07;Y2xpcA==\a\e]52;p;cHJpbWFyeQ==\a", painter.Paint(program.Screen));
        Assert.Equal("", painter.Paint(program.Screen));
        program.Write("\e]52;p;cHJpbWFyeQ==\a");
        Assert.Equal("\e]52;p;cHJpbWFyeQ==\a", painter.Paint(program.Screen));
        program.Write("\e]52;c;!\a");
        Assert.Equal("\e]52;c;\a", painter.Paint(program.Screen));
    }

    [Fact]
    public void Gnu_screen_gets_no_string_that_it_would_print_and_tmux_under_the_same_name_gets_it()
    {
        TerminalCapabilities screen = TerminalCapabilities.From(TerminfoEntries.Load("screen-256color"), "screen-256color", null);
        string text = new('A', 2000);
        (Emulator program, TerminalPainter painter) = Open(screen);
        program.Write($"\e]52;c;{text}\a\e]8;;http://x\alink\e]8;;\a");
        Assert.DoesNotContain("\e]", painter.Paint(program.Screen), StringComparison.Ordinal);
        (program, painter) = Open(screen.With(new TerminalFacts { Name = "tmux 3.4" }));
        program.Write($"\e]52;c;{text}\a\e]8;;http://x\alink\e]8;;\a");
        Assert.Contains($"\e]52;c;{text}\a", painter.Paint(program.Screen), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_open_for_its_cells_only()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("see \e]8;id=1;http://x\athe page\e]8;;\a\r\n\e]8;;http://y\aone\e]8;;http://z\atwo\e]8;;\a");
        Assert.Equal(
            "^[[?25lsee ^[]8;id=1;http://x\athe page^[]8;;\a\r\n^[]8;;http://y\aone^[]8;;http://z\atwo^[]8;;\a^[[?25h",
            Pictures.Readable(painter.Paint(program.Screen)));
        program.Write("\e[1;5Hthe\e[1;1H");
        Assert.Equal("^[[A\b\bthe\r", Pictures.Readable(painter.Paint(program.Screen)));
    }

    [Fact]
    public void Spaces_of_a_link_are_printed_and_blanks_behind_it_are_erased_outside_of_it()
    {
        (Emulator program, TerminalPainter painter) = Open(Full);
        program.Write("xxxxxxxxxxxxxxxxxxxx");
        painter.Paint(program.Screen);
        program.Write("\r\e]8;;u\aab            c\e]8;;\a\e[K");
        Assert.Equal("^[[H^[]8;;u\aab            c^[]8;;\a^[[K", Pictures.Readable(painter.Paint(program.Screen)));
    }

    [Fact]
    public void Any_output_with_links_is_shown_with_them()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Emulator program = new(30, 8, new EmulatorOptions()), terminal = new(30, 8, new EmulatorOptions());
            TerminalPainter painter = new(Full with { Repeat = seed % 2 == 0, ScrollDown = seed % 3 == 0 });
            RandomProgram output = new(seed, 30, 8, links: true);
            for (int round = 0; round < 40; round++)
            {
                program.Write(output.Next(1 + (round % 12)));
                string drawn = painter.Paint(program.Screen);
                terminal.Write(drawn);
                for (int y = 0; y < 8; y++)
                {
                    Assert.True(LinksOf(program.Screen, y) == LinksOf(terminal.Screen, y), $"seed {seed} round {round} row {y}: {Pictures.Readable(drawn)}");
                }
            }
        }
    }

    private static string LinksOf(Screen screen, int y) => string.Join('|', screen.CellsAt(y).ToArray().Select(c => screen.Tables.Links[c.Link]));

    private static (Emulator Program, TerminalPainter Painter) Open(TerminalCapabilities capabilities)
    {
        Emulator program = new(20, 6, new EmulatorOptions()) { Client = Capable };
        TerminalPainter painter = new(capabilities);
        painter.Paint(program.Screen);
        return (program, painter);
    }

    private static string Drawn(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        write(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
