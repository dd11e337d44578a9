using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>The very bytes of small, common diffs: they are what a session mostly sends.</summary>
public sealed class ScreenDiffBytesTests
{
    [Theory]
    [InlineData("$ ", "l", "l")]
    [InlineData("$ ls", "\b \b", "\b \b")]
    [InlineData("$ ls", "\r\n", "\r\n")]
    [InlineData("$ ls", "\b\b", "\b\b")]
    [InlineData("", "a b", "a b")]
    [InlineData("", "\x1b[31mred\x1b[0m", "\x1b[0;31mred\x1b[0m")]
    [InlineData("\x1b[31m", "red", "red")]
    [InlineData("hello world, again", "\r\x1b[K", "\r\x1b[K")]
    [InlineData("hello world, again", "\x1b[1;6Hx", "\x1b[1;6Hx")]
    [InlineData("", "\x1b[44m\x1b[2K", "\x1b[0;44m\x1b[K")]
    [InlineData("abcdefghijkl", "\r\x1b[6X", "\r\x1b[6X")]
    [InlineData("abcdefghijkl", "\rX\x1b[C\x1b[CY", "\rXbcY")]
    [InlineData("", "日本", "日本")]
    [InlineData("", "👍x", "👍\x1b[1;3Hx")]
    [InlineData("", "e\u0301x", "e\u0301\x1b[1;2Hx")]
    [InlineData("", "\a\a", "\a\a")]
    [InlineData("", "\x1b]0;t\a", "\x1b]0;t\a")]
    [InlineData("", "\x1b]2;t\a", "\x1b]2;t\a")]
    [InlineData("", "\x1b[?25l", "\x1b[?25l")]
    [InlineData("", "\x1b[?1000;1006h", "\x1b[?1000h\x1b[?1006h")]
    [InlineData("\x1b[?1000h", "\x1b[?1002h", "\x1b[?1000l\x1b[?1002h")]
    [InlineData("ab", "\x1b[4 q", "\x1b[4 q\x1b[1;3H")]
    [InlineData("", "\x1b[4:3;58:2::1:2:3ma", "\x1b[0;4m\x1b[4:3m\x1b[58:2::1:2:3ma")]
    [InlineData("", "\x1b[2;9;53;6ma", "\x1b[0m\x1b[2m\x1b[6m\x1b[9m\x1b[53ma")]
    [InlineData("", "\x1b[38;2;1;2;3;48;5;200ma", "\x1b[0;38;2;1;2;3;48;5;200ma")]
    public void A_small_change_costs_few_bytes(string before, string output, string expected)
    {
        Emulator program = new(40, 10, new EmulatorOptions());
        program.Write(before);
        Screen from = program.Screen.Snapshot();
        program.Write(output);
        Assert.Equal(Pictures.Readable(expected), Pictures.Readable(Pictures.Diff(from, program.Screen)));
    }

    [Fact]
    public void A_line_feed_at_the_bottom_scrolls_the_whole_screen()
    {
        Emulator program = Filled(20, 6);
        Screen from = program.Screen.Snapshot();
        program.Write("\r\nnew");
        Assert.Equal("\r\nnew", Pictures.Diff(from, program.Screen));
    }

    [Fact]
    public void Output_above_a_status_line_scrolls_a_region()
    {
        Emulator program = Filled(20, 6);
        Screen from = program.Screen.Snapshot();
        program.Write("\x1b[1;5r\x1b[5;1H\n\nnew\x1b[r\x1b[6;1H");
        Assert.Equal("^[[1;5r^[[5H\n\n^[[r^[[5Hnew\r\n", Pictures.Readable(Pictures.Diff(from, program.Screen)));
    }

    [Fact]
    public void A_scroll_that_would_spoil_more_rows_than_it_saves_is_not_made()
    {
        Emulator program = Filled(20, 10);
        Screen from = program.Screen.Snapshot();
        program.Write("\x1b[1;1Hline 9\x1b[2;1H\x1b[2Kline 10\x1b[3;1H");
        Assert.DoesNotContain("\n\n\n", Pictures.Diff(from, program.Screen), StringComparison.Ordinal);
    }

    [Fact]
    public void The_wrap_at_the_last_column_is_never_left_to_the_reader()
    {
        Emulator program = new(5, 3, new EmulatorOptions());
        program.Write("abcd");
        Screen from = program.Screen.Snapshot();
        program.Write("efg");
        Assert.Equal("^[[1;5He^[[2Hfg", Pictures.Readable(Pictures.Diff(from, program.Screen)));
    }

    [Fact]
    public void A_resized_screen_is_drawn_anew_and_its_events_are_told_once()
    {
        Emulator program = new(10, 3, new EmulatorOptions());
        program.Write("abc\a\x1b]2;t\a\x1b[?2004h");
        Screen from = program.Screen.Snapshot();
        program.Resize(12, 3);
        Assert.Equal("^[[0m^[[H^[[2Jabc", Pictures.Readable(Pictures.Diff(from, program.Screen)));
    }

    [Fact]
    public void A_flood_of_bells_is_cut()
    {
        Emulator program = new(10, 3, new EmulatorOptions());
        Screen from = program.Screen.Snapshot();
        program.Write(new string('\a', 100_000));
        Assert.Equal(64, Pictures.Diff(from, program.Screen).Length);
    }

    [Fact]
    public void Links_and_protection_are_not_drawn()
    {
        Emulator program = new(10, 3, new EmulatorOptions());
        program.Write("abc\r");
        Screen from = program.Screen.Snapshot();
        program.Write("\x1b]8;;http://x\x1b\\ab\x1b]8;;\x1b\\\x1b[1\"qc\x1b[0\"q\r");
        Assert.Equal("", Pictures.Diff(from, program.Screen));
    }

    [Fact]
    public void Diffs_allocate_nothing_in_steady_state()
    {
        Emulator program = new(120, 40, new EmulatorOptions());
        ScreenDiff diff = new();
        ArrayBufferWriter<byte> bytes = new(1 << 20);
        byte[] output = Encoding.UTF8.GetBytes("\x1b[31mred\x1b[0m 日本 line of text\r\n\x1b]2;t\a");
        Turn(program, diff, bytes, output, 50);
        Allocation.AssertNone(() => Turn(program, diff, bytes, output, 200));
    }

    private static void Turn(Emulator program, ScreenDiff diff, ArrayBufferWriter<byte> bytes, byte[] output, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Screen from = program.Screen.Snapshot();
            program.Write(output);
            bytes.ResetWrittenCount();
            diff.Write(from, program.Screen, bytes);
            from.Release();
        }
    }

    private static Emulator Filled(int width, int height)
    {
        Emulator program = new(width, height, new EmulatorOptions());
        for (int y = 1; y <= height; y++)
        {
            program.Write($"\x1b[{y}Hline {y}");
        }

        return program;
    }
}
