using System.Globalization;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Simulation;

/// <summary>History comes soon, and nothing waits for it: keys and Ctrl-C while lines arrive, beside the same with history off. Times are virtual.</summary>
public sealed class HistoryTimingTests
{
    private const int Keys = 80;
    private const int KeysMin = 10;

    [Theory]
    [InlineData(20, 10_000, 10_000, 3000)]
    [InlineData(40, 50_000, 10_000, 2000)]
    [InlineData(200, 10_000, 10_000, 6000)]
    public void All_that_the_ring_holds_is_there_soon_after_a_flood(int roundTripMillis, int kilobits, int lines, int boundMillis)
    {
        using HistoryStory story = Story(roundTripMillis, kilobits, wantsHistory: true, lines);
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines, 5000));
        long before = story.World.NowMillis;
        Assert.True(story.RunUntil(() => story.IsComplete, boundMillis), $"{story.Client.History.Next} of {story.Server.History!.Next} lines after {boundMillis} ms");
        TestContext.Current.TestOutputHelper?.WriteLine($"{story.World.NowMillis - before} ms");
    }

    [Theory]
    [InlineData(40, 256, 40)]
    [InlineData(40, 1000, 40)]
    [InlineData(20, 10_000, 5)]
    [InlineData(100, 50_000, 5)]
    public void Keys_do_not_wait_for_history(int roundTripMillis, int kilobits, int moreMillis)
    {
        List<long> echoes = Echoes(roundTripMillis, kilobits, wantsHistory: true);
        long with = Percentile95(echoes);
        long without = Percentile95(Echoes(roundTripMillis, kilobits, wantsHistory: false)[..echoes.Count]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{with / 1e3:F1} ms, {without / 1e3:F1} ms without, {echoes.Count} keys");
        Assert.True(with <= without + (moreMillis * 1000L), $"an echo takes {with / 1000} ms in 95 of 100, {without / 1000} ms without history");
    }

    [Theory]
    [InlineData(20, 10_000)]
    [InlineData(40, 10_000)]
    [InlineData(100, 100_000)]
    public void Interrupt_acts_within_a_round_trip_while_history_comes(int roundTripMillis, int kilobits)
    {
        long worst = 0;
        for (int i = 0; i < 10; i++)
        {
            using HistoryStory story = Story(roundTripMillis, kilobits, wantsHistory: true, lines: 1_000_000, HistoryLog.LinesMax);
            story.Type(NumberedLines.GoKey);
            story.World.RunForMillis(400 + (i * 37));
            Assert.True(story.Client.History.Next < story.Server.History!.Next, "no history is on its way");
            bool isShown = false;
            story.World.FrameWatcher = frame => isShown |= RowText(frame, frame.Cursor.Row) == "$ " && RowText(frame, frame.Cursor.Row - 1).EndsWith("^C", StringComparison.Ordinal);
            long typed = story.World.NowMicros;
            story.Type(NumberedLines.StopKey);
            Assert.True(story.RunUntil(() => isShown, 2000), "Ctrl-C is never shown");
            worst = Math.Max(worst, story.World.NowMicros - typed);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{worst / 1e3:F1} ms");
        Assert.InRange(worst, 0, (roundTripMillis + 30) * 1000L);
    }

    /// <summary>Floods that are started and stopped without end: pictures, the newest lines and keys share a narrow path all the time.</summary>
    [Fact]
    public void Interrupts_of_flood_after_flood_take_hardly_longer_with_history()
    {
        const int seeds = 3;
        const int keys = 600;
        SweepCell cell = Assert.Single(SweepGrid.Find("flood256"));
        long with = 0;
        long without = 0;
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            with += SweepRun.Run(cell with { KeepsHistory = true }, PolicyPair.Roam, keys, seed).P95Micros;
            without += SweepRun.Run(cell, PolicyPair.Roam, keys, seed).P95Micros;
        }

        (with, without) = (with / seeds, without / seeds);
        TestContext.Current.TestOutputHelper?.WriteLine($"{with / 1e3:F1} ms, {without / 1e3:F1} ms without");
        Assert.InRange(with, 1, without + 40_000);
    }

    [Theory]
    [InlineData(20, 10_000)]
    [InlineData(40, 1000)]
    public void The_last_picture_of_a_flood_is_there_as_soon_as_without_history(int roundTripMillis, int kilobits)
    {
        long with = LastPictureMicros(roundTripMillis, kilobits, wantsHistory: true);
        long without = LastPictureMicros(roundTripMillis, kilobits, wantsHistory: false);
        TestContext.Current.TestOutputHelper?.WriteLine($"{with / 1e3:F1} ms, {without / 1e3:F1} ms without");
        Assert.True(with <= without * 11 / 10, $"{with / 1000} ms, {without / 1000} ms without history");
    }

    /// <summary>From the first key on until the prompt after 100,000 lines is shown.</summary>
    private static long LastPictureMicros(int roundTripMillis, int kilobits, bool wantsHistory)
    {
        const int lines = 100_000;
        using HistoryStory story = Story(roundTripMillis, kilobits, wantsHistory, lines);
        bool isShown = false;
        string last = string.Create(CultureInfo.InvariantCulture, $"<{lines - 1}>");
        story.World.FrameWatcher = frame => isShown |= frame.Cursor.Row > 0 && RowText(frame, frame.Cursor.Row - 1).StartsWith(last, StringComparison.Ordinal);
        long typed = story.World.NowMicros;
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => isShown, 60_000), "the last line is never shown");
        return story.World.NowMicros - typed;
    }

    /// <summary>Keys at a prompt after a flood, each when the one before was answered, as long as lines arrive.</summary>
    private static List<long> Echoes(int roundTripMillis, int kilobits, bool wantsHistory)
    {
        int lines = kilobits < 5000 ? 9000 : 60_000;
        using HistoryStory story = Story(roundTripMillis, kilobits, wantsHistory, lines, HistoryLog.LinesMax);
        SimRandom random = new(3);
        int shown = 0;
        story.World.FrameWatcher = frame => shown = RowText(frame, frame.Cursor.Row) is ['$', ' ', .. string typed] ? typed.Length : shown;
        story.Type(NumberedLines.GoKey);
        Assert.True(story.RunUntil(() => story.Program.Printed == lines, 10_000));
        story.World.RunForMillis(2 * roundTripMillis);
        List<long> latencies = [];
        int whileLinesCame = 0;
        for (int i = 0; i < Keys; i++)
        {
            whileLinesCame += story.Client.History.Next < story.Server.History!.Next ? 1 : 0;
            long typed = story.World.NowMicros;
            story.Type((byte)'x');
            Assert.True(story.RunUntil(() => shown == i + 1, 5000), $"key {i} is never answered");
            latencies.Add(story.World.NowMicros - typed);
            story.World.RunForMillis(kilobits > 5000 ? random.Between(0, 5) : random.Between(20, 150));
        }

        Assert.True(!wantsHistory || whileLinesCame >= KeysMin, $"{whileLinesCame} keys while lines came");
        return wantsHistory ? latencies[..whileLinesCame] : latencies;
    }

    private static HistoryStory Story(int roundTripMillis, int kilobits, bool wantsHistory, int lines, int ring = HistoryLog.DefaultLines) => HistoryStory.Of(lines, o => o with
    {
        Server = o.Server with { HistoryLines = ring },
        Up = HistoryStory.Path(roundTripMillis, kilobits),
        Down = HistoryStory.Path(roundTripMillis, kilobits),
        Client = o.Client with { WantsHistory = wantsHistory, PredictionMode = PredictionMode.Never, Width = 120 },
    });

    private static long Percentile95(List<long> latencies) => latencies.Order().ElementAt((latencies.Count * 95 / 100) - (latencies.Count % 20 == 0 ? 1 : 0));

    private static string RowText(Screen frame, int y)
    {
        if (y < 0)
        {
            return "";
        }

        string text = string.Concat(frame.CellsAt(y).ToArray().Select(c => c.IsGrapheme || c.Content == 0 ? '?' : (char)c.Content)).TrimEnd();
        return text == "$" ? "$ " : text;
    }
}
