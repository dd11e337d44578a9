using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class TableCompactionTests
{
    private const int ManyStyles = 3 * StyleTable.Capacity;

    [Fact]
    public void More_styles_than_ids_are_shown_right_and_old_snapshots_keep_their_look()
    {
        Emulator emulator = TerminalText.Create(80, 24);
        emulator.Write("\e[38;2;9;9;9mkept");
        Screen snapshot = emulator.Screen.Snapshot();
        WriteColors(emulator, ManyStyles);
        emulator.Screen.CheckIntegrity();
        snapshot.CheckIntegrity();
        Assert.NotSame(snapshot.Tables, emulator.Screen.Tables);
        Assert.Equal(Color.Rgb(9, 9, 9), snapshot.Tables.Styles[snapshot.CellsAt(0)[0].Style].Foreground);
        int last = ManyStyles - 1;
        Cell newest = emulator.Screen.CellsAt(23)[0];
        Assert.Equal(ColorOf(last), emulator.Screen.Tables.Styles[newest.Style].Foreground);
    }

    [Fact]
    public void The_hidden_screen_and_the_scrollback_move_to_the_new_tables_too()
    {
        Emulator emulator = new(20, 3, new EmulatorOptions { HistoryLines = 4 });
        emulator.Write("\e[38;2;1;2;3mmain\e[2;1H\e[38;2;4;5;6me\u0301\e[?1049h");
        WriteColors(emulator, ManyStyles);
        emulator.Write("\e[?1049l");
        emulator.Screen.CheckIntegrity();
        Assert.Equal("main", emulator.Screen.RowText(0));
        Assert.Equal("e\u0301", emulator.Screen.RowText(1));
        Assert.Equal(Color.Rgb(1, 2, 3), emulator.Screen.Tables.Styles[emulator.Screen.CellsAt(0)[0].Style].Foreground);
        Assert.Equal(Color.Rgb(4, 5, 6), emulator.Screen.Tables.Styles[emulator.Screen.CellsAt(1)[0].Style].Foreground);
    }

    [Fact]
    public void Prompt_marks_move_to_the_new_tables_with_their_rows()
    {
        Emulator emulator = new(20, 4, new EmulatorOptions { HistoryLines = 4 });
        emulator.Write("\e]133;A\a$ \r\n\e]133;D;3\a\e[3;4r\e[3;1H");
        WriteColors(emulator, ManyStyles);
        Assert.Equal(PromptMarkKinds.Prompt, emulator.Screen.RowAt(0).Mark.Kinds);
        Assert.Equal(new PromptMark(PromptMarkKinds.End | PromptMarkKinds.ExitCodeKnown, 3), emulator.Screen.RowAt(1).Mark);
    }

    [Fact]
    public void Screens_on_different_tables_are_compared_by_value()
    {
        Emulator compacted = TerminalText.Create(80, 24);
        WriteColors(compacted, StyleTable.Capacity + 1000);
        Emulator fresh = TerminalText.Create(80, 24);
        const string picture = "\e[m\e[2J\e[H\e[31mred\e[m e\u0301 中 \e[1;4:3;58:5:3mx";
        compacted.Write(picture);
        fresh.Write(picture);
        Assert.True(compacted.Screen.ContentEquals(fresh.Screen));
        fresh.Write("\e[1;1H\e[32mr\e[1;16H");
        compacted.Write("\e[1;1H\e[31mr\e[1;16H");
        Assert.False(compacted.Screen.ContentEquals(fresh.Screen));
    }

    [Fact]
    public void Graphemes_without_end_do_not_fill_the_table_for_good()
    {
        Emulator emulator = TerminalText.Create(80, 24);
        StringBuilder text = new();
        for (int i = 0; i < 2 * GraphemeTable.Capacity; i++)
        {
            text.Append((char)(0x4E00 + (i % 20000))).Append((char)(0x0300 + (i / 20000)));
        }

        text.Append("\r\ne\u0301");
        emulator.Write(text.ToString());
        emulator.Screen.CheckIntegrity();
        Assert.Equal("e\u0301", emulator.Screen.RowText(emulator.Screen.Cursor.Row));
    }

    [Fact]
    public void Links_without_end_do_not_fill_the_table_for_good()
    {
        Emulator emulator = TerminalText.Create(20, 5);
        string padding = new('x', 1500);
        for (int i = 0; i < 3000; i++)
        {
            emulator.Write($"\e]8;;http://example.com/{i}/{padding}\e\\l");
        }

        emulator.Screen.CheckIntegrity();
        Cursor cursor = emulator.Screen.Cursor;
        Cell newest = emulator.Screen.CellsAt(cursor.Row)[cursor.PendingWrap ? cursor.Column : cursor.Column - 1];
        Assert.StartsWith(";http://example.com/2999/", emulator.Screen.Tables.Links[newest.Link], StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_with_more_styles_than_ids_falls_back_to_the_default_and_stays_whole()
    {
        Emulator emulator = TerminalText.Create(400, 300);
        WriteColors(emulator, 400 * 300);
        emulator.Screen.CheckIntegrity();
        Assert.Equal("x", emulator.Screen.RowText(299)[..1]);
    }

    private static Color ColorOf(int i) => Color.Rgb((byte)(i >> 16), (byte)(i >> 8), (byte)i);

    /// <summary>Cells of as many different colours; the newest is at the start of the bottom line.</summary>
    private static void WriteColors(Emulator emulator, int count)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\e[38;2;{i >> 16};{(i >> 8) & 255};{i & 255}mx");
        }

        text.Append(CultureInfo.InvariantCulture, $"\e[{emulator.Screen.Height};1Hx");
        emulator.Write(text.ToString());
    }
}
