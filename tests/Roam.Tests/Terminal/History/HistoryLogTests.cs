using System.Globalization;
using Roam.Terminal;

namespace Roam.Tests.Terminal.History;

/// <summary>Lines that leave the screen: numbered, kept as records, read back as they were.</summary>
public class HistoryLogTests
{
    [Fact]
    public void Every_line_that_leaves_the_top_is_numbered_and_kept()
    {
        Emulator emulator = Create(20, 3);
        emulator.Write("one\r\ntwo\r\nthree\r\nfour\r\nfive");
        Assert.Equal(2ul, emulator.Screen.LinesAbove);
        Assert.Equal(["one", "two"], Texts(emulator));
    }

    [Fact]
    public void The_alternate_screen_keeps_nothing_and_does_not_count()
    {
        Emulator emulator = Create(20, 2);
        emulator.Write("one\r\ntwo\r\nthree\e[?1049h");
        emulator.Write("a\r\nb\r\nc\r\nd");
        Assert.Equal(1ul, emulator.Screen.LinesAbove);
        emulator.Write("\e[?1049l\r\nfour");
        Assert.Equal(["one", "two"], Texts(emulator));
        Assert.Equal(2ul, emulator.Screen.LinesAbove);
    }

    [Fact]
    public void A_lower_window_pushes_lines_at_the_top_also_behind_the_alternate_screen()
    {
        Emulator emulator = Create(20, 4);
        emulator.Write("1\r\n2\r\n3\r\n4");
        emulator.Resize(20, 3);
        Assert.Equal(["1"], Texts(emulator));
        emulator.Write("\e[?1049h");
        emulator.Resize(20, 1);
        emulator.Write("\e[?1049l");
        Assert.Equal(["1", "2", "3"], Texts(emulator));
        Assert.Equal(3ul, emulator.Screen.LinesAbove);
        Assert.Equal("4", emulator.Screen.RowText(0));
    }

    [Fact]
    public void A_wrap_and_an_empty_last_column_before_a_wide_character_are_told_apart()
    {
        Emulator emulator = Create(5, 1);
        emulator.Write("abcdefgh中中\r\nx\r\n");
        HistoryLineHead[] heads = [.. Enumerable.Range(0, 4).Select(i => Head(emulator, (ulong)i))];
        Assert.Equal((true, false, 5), (heads[0].Wrapped, heads[0].EndsInSpacer, heads[0].Occupied));
        Assert.Equal((true, false, 5), (heads[1].Wrapped, heads[1].EndsInSpacer, heads[1].Occupied));
        Assert.Equal((false, false, 2), (heads[2].Wrapped, heads[2].EndsInSpacer, heads[2].Occupied));
        emulator.Write("abcd中\r\n");
        Assert.Equal((true, true, 4), (Head(emulator, 4).Wrapped, Head(emulator, 4).EndsInSpacer, Head(emulator, 4).Occupied));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\e[1;31mred \e[38;2;1;2;3mrgb\e[48;5;200m on\e[m end")]
    [InlineData("中文 wide 字, e\u0301 and \e[4:3;58:5:9mcurly\e[m")]
    [InlineData("\e[44mcoloured to the end\e[K")]
    [InlineData("a\e[10Gb   c\e[30G\e[7mright\e[m")]
    [InlineData("\e]8;id=7;https://example.org/\e\\link\e]8;;\e\\ none")]
    [InlineData("trailing   ")]
    [InlineData("")]
    [InlineData("\e[?2027h👩‍👩‍👧 family\e[?2027l")]
    public void A_line_is_read_back_as_it_was(string output)
    {
        Emulator emulator = Create(40, 2);
        emulator.Write(output);
        Cell[] before = [.. emulator.Screen.CellsAt(0)];
        int occupied = emulator.Screen.RowAt(0).Occupied;
        emulator.Write("\e[m\r\n\n");
        Cell[] after = new Cell[40];
        Assert.True(emulator.History!.TryGet(0, out ReadOnlySpan<byte> record));
        HistoryLineReader.ReadCells(record, emulator.Screen.Tables, after);
        Assert.Equal(before, after);
        Assert.Equal(occupied, Head(emulator, 0).Occupied);
        Assert.Equal(record.Length, Head(emulator, 0).Bytes);
    }

    [Fact]
    public void Random_lines_are_read_back_as_they_were()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            int width = random.Next(4, 90);
            Emulator emulator = Create(width, 4);
            List<Cell[]> expected = [];
            for (int line = 0; line < 30; line++)
            {
                emulator.Write(RandomLine(random, width));
                emulator.Write("\e[H");
                Row row = emulator.Screen.RowAt(0);
                expected.Add([.. row.Cells]);
                emulator.Write("\e[m\e[4;1H\n");
            }

            for (int line = 0; line < expected.Count; line++)
            {
                Assert.True(emulator.History!.TryGet((ulong)line, out ReadOnlySpan<byte> record));
                Cell[] cells = new Cell[width];
                HistoryLineReader.ReadCells(record, emulator.Screen.Tables, cells);
                Assert.True(expected[line].AsSpan().SequenceEqual(cells), $"seed {seed}, line {line}: {Convert.ToHexString(record)}");
            }
        }
    }

    [Fact]
    public void Beyond_the_limit_the_oldest_lines_go_and_numbers_go_on()
    {
        Emulator emulator = new(20, 1, new EmulatorOptions { HistoryLines = 10 });
        for (int i = 0; i < 5000; i++)
        {
            emulator.Write(i.ToString(CultureInfo.InvariantCulture) + "\r\n");
        }

        HistoryLog log = emulator.History!;
        Assert.Equal((4990ul, 5000ul), (log.First, log.Next));
        Assert.False(log.TryGet(4989, out _));
        Assert.Equal("4990", Texts(emulator)[0]);
        Assert.Equal("4999", Texts(emulator)[^1]);
    }

    [Fact]
    public void Lines_that_need_much_room_push_others_out_by_the_limit_of_bytes()
    {
        Emulator emulator = new(1000, 1, new EmulatorOptions { HistoryLines = 1000 });
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            for (int x = 0; x < 400; x++)
            {
                emulator.Write(string.Create(CultureInfo.InvariantCulture, $"\e[38;2;{random.Next(256)};{random.Next(256)};{random.Next(256)}mx"));
            }

            emulator.Write("\r\n");
        }

        HistoryLog log = emulator.History!;
        Assert.InRange(log.Bytes, 1, (1000 * HistoryLog.BytesPerLine) + HistorySegment.OrdinaryBytes);
        Assert.InRange(log.Count, 50, 999);
        Assert.Equal(2000ul, log.Next);
        Assert.True(log.TryGet(log.First, out _));
    }

    [Fact]
    public void Erasing_the_scrollback_forgets_lines_but_no_numbers()
    {
        Emulator emulator = Create(20, 1);
        emulator.Write("secret\r\nmore\r\n\e[3J");
        Assert.Equal((2ul, 2ul), (emulator.History!.First, emulator.History.Next));
        emulator.Write("after\r\n");
        Assert.Equal(["after"], Texts(emulator));
        Assert.Equal(3ul, emulator.Screen.LinesAbove);
    }

    [Fact]
    public void A_flood_allocates_nothing_once_the_ring_is_full()
    {
        Emulator emulator = Create(80, 24);
        byte[] lines = [.. Enumerable.Range(0, 200).SelectMany(i => System.Text.Encoding.ASCII.GetBytes($"\e[3{i % 8}mline {i} of many\e[m, plain\r\n"))];
        for (int i = 0; i < 50; i++)
        {
            emulator.Write(lines);
        }

        Allocation.AssertNone(() => emulator.Write(lines));
    }

    private static Emulator Create(int width, int height) => new(width, height, new EmulatorOptions { HistoryLines = 2000 });

    private static HistoryLineHead Head(Emulator emulator, ulong number)
    {
        Assert.True(emulator.History!.TryGet(number, out ReadOnlySpan<byte> record));
        Assert.True(HistoryLineReader.TryReadHead(record, number, out HistoryLineHead head));
        return head;
    }

    private static List<string> Texts(Emulator emulator)
    {
        List<string> texts = [];
        Cell[] cells = new Cell[Screen.SideMax];
        for (ulong n = emulator.History!.First; n < emulator.History.Next; n++)
        {
            Assert.True(emulator.History.TryGet(n, out ReadOnlySpan<byte> record));
            HistoryLineReader.ReadCells(record, emulator.Screen.Tables, cells);
            texts.Add(string.Concat(cells.Select(c => (char)c.Content)).TrimEnd());
        }

        return texts;
    }

    private static string RandomLine(Random random, int width)
    {
        System.Text.StringBuilder line = new("\e[H\e[m");
        string[] pieces =
        [
            "abc def", "     ", "中", "é", "e\u0301", "\e[31m", "\e[m", "\e[1;4m", "\e[48;2;9;8;7m", "\e[K", "\e]8;;http://x/\e\\", "\e]8;;\e\\", "~", "\e[3C", "\e[58:5:7;4:3m",
        ];
        for (int i = random.Next(12); i > 0; i--)
        {
            line.Append(pieces[random.Next(pieces.Length)]).Append(CultureInfo.InvariantCulture, $"\e[1;{random.Next(1, width + 1)}H");
        }

        return line.ToString();
    }
}
