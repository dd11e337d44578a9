using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal.Display;

/// <summary>Random sessions drawn on our own emulator: its scrollback is what the session printed, row by row.</summary>
public class CanvasSessionTests
{
    [Theory]
    [InlineData(40, 12)]
    [InlineData(23, 5)]
    [InlineData(100, 30)]
    [InlineData(13, 2)]
    public void Every_line_is_in_the_scrollback_once_and_in_order_with_colours_and_wraps(int width, int height)
    {
        for (ulong seed = 1000; seed < 1020; seed++)
        {
            using EmulatorTerminal terminal = new(width, height);
            CanvasSession session = new(
                new CanvasSessionOptions { Seed = seed, Width = width, Height = height, Synchronized = seed % 3 != 0, BackColorErase = seed % 2 != 0 }, terminal)
            {
                Drawn = (frame, next) => AssertShown(frame, next, terminal, seed),
            };
            session.Run();
            Assert.Null(CanvasVerdict.Compare(session.Server, terminal));
            Assert.Null(session.Scan.Forbidden);
            Assert.All(terminal.Rows(), row => Assert.DoesNotContain(CanvasSession.Overlay, row.Text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(false, true, false, 0)]
    [InlineData(false, true, true, 0)]
    [InlineData(false, true, false, 1000)]
    [InlineData(true, false, false, 0)]
    [InlineData(true, true, true, 300)]
    public void No_line_is_lost_when_the_window_changes(bool width, bool height, bool lags, int silentPerMille)
    {
        int doubled = 0;
        for (ulong seed = 2000; seed < 2020; seed++)
        {
            using EmulatorTerminal terminal = new(40, 12);
            CanvasSession session = new(
                new CanvasSessionOptions { Seed = seed, ResizesWidth = width, ResizesHeight = height, LagsAtResize = lags, SilentPerMille = silentPerMille }, terminal);
            session.Run();
            (int lost, int again) = CanvasVerdict.Count(terminal, session.Lines);
            Assert.True(lost == 0, $"seed {seed}: {lost} lines lost");
            Assert.Null(session.Scan.Forbidden);
            doubled += again;
        }

        // The terminal told its cursor's row and history was not behind: what it pushed itself is known.
        Assert.True(doubled <= 30 || width || lags || silentPerMille != 0, $"{doubled} lines doubled");
    }

    [Fact]
    public void The_session_over_the_last_screen_stays_and_the_prompt_comes_below_it()
    {
        for (ulong seed = 3000; seed < 3010; seed++)
        {
            using EmulatorTerminal terminal = new(40, 12);
            CanvasSession session = new(new CanvasSessionOptions { Seed = seed }, terminal);
            session.Run();
            List<ShownRow> before = terminal.Rows();
            session.Close();
            string[] shown = [.. before.Select(row => row.Text)];
            Assert.Equal(shown, terminal.Rows().Select(row => row.Text).Take(shown.Length));
            Assert.True(terminal.Screen.CellsAt(terminal.Screen.Cursor.Row).ContainsAnyExcept(Cell.Blank(0)) == false, "the cursor's row is empty");
            Assert.Equal(0, terminal.Screen.Cursor.Column);
        }
    }

    private static void AssertShown(Screen frame, ulong next, EmulatorTerminal terminal, ulong seed)
    {
        Assert.Equal(frame.IsAlternate, terminal.Screen.IsAlternate);
        Assert.True(frame.IsAlternate || terminal.RowsAbove == next + CanvasSession.EarlierLines, $"seed {seed}: {terminal.RowsAbove} rows above, {next} lines committed");
        Assert.True(next <= frame.LinesAbove || !frame.IsAlternate, "committed too early");
        for (int y = 0; y < frame.Height; y++)
        {
            ShownRow expected = RowDescription.Of(frame.CellsAt(y), frame.Tables, false);
            ShownRow shown = RowDescription.Of(terminal.Screen.CellsAt(y), terminal.Screen.Tables, false);
            Assert.True(expected == shown, $"seed {seed}, row {y} of {frame.Height}, alternate {frame.IsAlternate}\n{expected}\n{shown}");
        }

        Assert.Equal((frame.Cursor.Row, frame.Cursor.Column), (terminal.Screen.Cursor.Row, terminal.Screen.Cursor.Column));
        Assert.Equal(frame.Modes, terminal.Screen.Modes);
    }
}
