using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Simulation;

/// <summary>What a user finds in the scrollback after stories of all kinds. The simulator's invariants H1 to H4 watch every step of them.</summary>
public sealed class ScrollbackScenarioTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(0, 300, 0)]
    [InlineData(0, 0, 300)]
    [InlineData(200, 200, 200)]
    public void All_that_a_session_prints_is_there_row_by_row_whatever_the_path_does(int loss, int duplicate, int reorder)
    {
        LinkFaults path = LinkFaults.Healthy with { Loss = loss, Duplicate = duplicate, Reorder = reorder, ReorderMicros = 500_000 };
        using HistoryStory story = HistoryStory.Of(random => new Printer(random), o => o with { Up = path, Down = path, Server = o.Server with { HistoryLines = HistoryLog.LinesMax } });
        for (int i = 0; i < 300; i++)
        {
            story.Type((byte)'x');
            story.World.RunForMillis(40);
            if (i % 50 == 49)
            {
                story.World.Roam();
            }
        }

        story.World.Server.Program.Rest(story.World.NowMicros);
        story.World.Heal();
        story.World.RunForMillis(10_000);
        List<ShownRow> expected = EmulatorTerminal.RowsOf(story.Server.Emulator);
        List<ShownRow> shown = story.End();
        Assert.True(expected.Count > 500, $"only {expected.Count} rows");
        if (story.Server.Emulator.IsAlternate)
        {
            expected = expected[..^story.Server.Emulator.Screen.Height];
        }

        Assert.Equal(expected, shown[..expected.Count]);
    }

    [Fact]
    public void A_laptop_that_was_shut_for_a_night_during_a_long_output_gets_all_of_it()
    {
        const int lines = 9000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { Down = HistoryStory.Path(40, 2000), Up = HistoryStory.Path(40, 2000) });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Client.History.Next > 100, 5000));
        SimFaults.Sleep(story.World, story.World.Client, 8L * 3600 * 1_000_000, clockStops: true);
        story.World.RunForMillis(8L * 3600 * 1000);
        story.World.Roam();
        Assert.True(story.RunUntil(() => story.IsComplete, 20_000), $"{story.Client.History.Next} of {story.Server.History!.Next}");
        Assert.Equal(HistoryStory.UpTo(lines), HistoryStory.NumbersIn(story.End()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void What_a_small_ring_does_not_keep_is_said(int ring)
    {
        const int lines = 3000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { Server = o.Server with { HistoryLines = ring } });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines && story.IsComplete, 10_000));
        story.World.RunForMillis(1000);
        CheckWithGaps(HistoryStory.NumbersIn(story.End()), lines, gapsMin: 1);
    }

    [Fact]
    public void A_flood_of_a_million_lines_leaves_the_newest_and_a_word_about_the_others()
    {
        const int lines = 1_000_000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { Up = HistoryStory.Path(20, 10_000), Down = HistoryStory.Path(20, 10_000) }, wordsMax: 0, pieceLines: 400);
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines, 30_000));
        Assert.True(story.RunUntil(() => story.IsComplete, 3000), $"{story.Client.History.Next} of {story.Server.History!.Next} after {story.World.NowMillis} ms");
        List<int> numbers = HistoryStory.NumbersIn(story.End());
        CheckWithGaps(numbers, lines, gapsMin: 1);
        Assert.Equal(Enumerable.Range(lines - HistoryLog.DefaultLines, HistoryLog.DefaultLines), numbers[^HistoryLog.DefaultLines..]);
    }

    [Fact]
    public void Lines_that_come_while_an_editor_is_on_the_screen_wait_for_its_end()
    {
        const int lines = 6000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { Up = HistoryStory.Path(40, 4000), Down = HistoryStory.Path(40, 4000) });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines, 5000));
        story.Type(NumberedLines.AlternateKey);
        Assert.True(story.RunUntil(() => story.World.Client.Frame!.IsAlternate, 2000));
        story.World.RunForMillis(10_000);
        Assert.True(story.World.Client.Terminal!.Emulator.IsAlternate);
        Assert.True(story.Client.History.Count > 0, "nothing waits");
        story.Type(NumberedLines.MainKey);
        Assert.True(story.RunUntil(() => story.IsComplete, 5000));
        List<ShownRow> rows = story.End();
        Assert.Equal(HistoryStory.UpTo(lines), HistoryStory.NumbersIn(rows));
        Assert.DoesNotContain(rows, r => r.Text.Contains("alternate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_window_that_changes_while_lines_come_loses_none(bool reportsCursor)
    {
        const int lines = 4000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { TerminalReportsCursor = reportsCursor, Up = HistoryStory.Path(40, 2000), Down = HistoryStory.Path(40, 2000) }, wordsMax: 60);
        SimRandom random = new(7);
        const int resizes = 20;
        story.Type(NumberedLines.GoKey);
        for (int i = 0; i < resizes; i++)
        {
            story.World.RunForMillis(random.Between(20, 200));
            story.World.Client.Resize(story.World, random.Between(70, 120), random.Between(5, 50));
        }

        Assert.True(story.RunUntil(() => story.Program.Printed == lines && story.IsComplete, 20_000));
        story.World.RunForMillis(1000);
        List<int> numbers = HistoryStory.NumbersIn(story.End());
        Assert.Empty(HistoryStory.UpTo(lines).Except(numbers));
        Assert.InRange(numbers.Count - lines, 0, resizes * 50);
    }

    [Fact]
    public void The_bar_that_says_that_the_server_is_away_never_gets_into_the_scrollback()
    {
        const int lines = 500;
        using HistoryStory story = HistoryStory.Of(lines);
        story.World.Up.IsDown = story.World.Down.IsDown = true;
        story.World.RunForMillis(60_000);
        Assert.Contains(EmulatorTerminal.RowsOf(story.World.Client.Terminal!.Emulator), r => r.Text.Contains("Last contact", StringComparison.Ordinal));
        story.Type(NumberedLines.GoKey);
        story.World.Up.IsDown = story.World.Down.IsDown = false;
        Assert.True(story.RunUntil(() => story.Program.Printed == lines && story.IsComplete, 10_000));
        List<ShownRow> rows = story.End();
        Assert.Equal(HistoryStory.UpTo(lines), HistoryStory.NumbersIn(rows));
        Assert.DoesNotContain(rows, r => r.Text.Contains("contact", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_ends_in_its_last_words_takes_none_of_them_along()
    {
        const int lines = 3000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { Up = HistoryStory.Path(20, 10_000), Down = HistoryStory.Path(20, 10_000) });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines && !story.Program.HasOutput, 5000));
        Assert.False(story.IsComplete, "there is nothing to wait for");
        Assert.Equal(HistoryStory.UpTo(lines), HistoryStory.NumbersIn(story.End()));
    }

    [Fact]
    public void What_a_narrow_path_cannot_bring_before_the_end_is_said()
    {
        const int lines = 9000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { Up = HistoryStory.Path(40, 256), Down = HistoryStory.Path(40, 256) });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines && !story.Program.HasOutput, 5000));
        CheckWithGaps(HistoryStory.NumbersIn(story.End()), lines, gapsMin: 1);
    }

    [Fact]
    public void A_slow_terminal_holds_up_the_lines_and_not_the_server()
    {
        const int lines = 20_000;
        using HistoryStory story = HistoryStory.Of(lines, o => o with { TerminalNanosPerByte = SimOptions.SlowTerminalNanosPerByte });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines, 5000));
        Assert.True(story.RunUntil(() => story.IsComplete, 30_000));
        CheckWithGaps(HistoryStory.NumbersIn(story.End()), lines, gapsMin: 1);
    }

    [Theory]
    [InlineData(false, HistoryLog.DefaultLines)]
    [InlineData(true, 0)]
    public void Who_wants_no_history_gets_none_and_the_alternate_screen(bool wants, int ring)
    {
        using HistoryStory story = HistoryStory.Of(500, o => o with { Client = o.Client with { WantsHistory = wants }, Server = o.Server with { HistoryLines = ring } });
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == 500, 5000));
        story.World.RunForMillis(2000);
        Assert.False(story.Client.HasHistory);
        Assert.Equal(0ul, story.Client.History.Wanted);
        Assert.True(story.World.Client.Terminal!.Emulator.IsAlternate);
        Assert.Equal(0ul, story.World.Client.Terminal.Scrollback.Next);
    }

    /// <summary>In order, once, and each gap as long as it says. The first row of all is the prompt, which has no number and is a line too.</summary>
    private static void CheckWithGaps(List<int> numbers, int lines, int gapsMin)
    {
        int next = 0;
        int gaps = 0;
        foreach (int number in numbers)
        {
            if (number < 0)
            {
                gaps++;
                next += -number - (next == 0 && gaps == 1 ? PromptInGap(numbers, -number) : 0);
            }
            else
            {
                Assert.Equal(next, number);
                next = number + 1;
            }
        }

        Assert.Equal(lines, next);
        Assert.True(gaps >= gapsMin, "no gap");
    }

    /// <summary>A gap from the very beginning has the prompt's row in it.</summary>
    private static int PromptInGap(List<int> numbers, int count) => numbers[0] < 0 && numbers.Count > 1 && numbers[1] == count - 1 ? 1 : 0;
}
