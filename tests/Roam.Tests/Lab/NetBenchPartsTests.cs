using Roam.Lab;

namespace Roam.Tests.Lab;

/// <summary>The parts of the link and of `bench net` that need no network.</summary>
public sealed class NetBenchPartsTests
{
    [Theory]
    [InlineData("4500002100004000401100000a5300010a53ff01c350ea6100010000", 50000, 60001)] // UDP in IPv4
    [InlineData("46000028000040004006000000000000000000000000000000160050aaaa", 22, 80)] // TCP in IPv4 with an option
    [InlineData("6000000000101140fd830000000000000000000000000001fd8300000000000000000000000000ffc350ea6100100000", 50000, 60001)] // UDP in IPv6
    [InlineData("4500002100000001401100000a5300010a53ff01c350ea6100010000", 0, 0)] // a later fragment
    [InlineData("4500001c00000000400100000a5300010a53ff01080000000001", 0, 0)] // ICMP
    [InlineData("4500", 0, 0)]
    public void Ports_are_read_from_packets_that_have_them(string hex, int source, int destination)
    {
        byte[] packet = Convert.FromHexString(hex);
        Assert.Equal(source, IpPacket.Port(packet, destination: false));
        Assert.Equal(destination, IpPacket.Port(packet, destination: true));
    }

    [Fact]
    public void Options_of_a_link_are_taken_with_their_values_and_nonsense_is_not()
    {
        LinkOptions options = new();
        string[] args = ["--delay", "12.5", "--loss", "29", "--loss-down", "3", "--mtu-hole", "600", "--delay", "-1", "--loss", "101", "--delay"];
        int i = 0;
        for (; i < 8; i++)
        {
            Assert.True(LinkOptions.TryTake(args, ref i, ref options));
        }

        Assert.Equal(new LinkOptions { DelayMillis = 12.5, LossUpPercent = 29, LossDownPercent = 3, MtuHoleBytes = 600 }, options);
        foreach (int bad in (int[])[8, 10, 12])
        {
            i = bad;
            Assert.False(LinkOptions.TryTake(args, ref i, ref options));
        }
    }

    [Fact]
    public void The_place_of_a_key_gets_another_letter_each_time_round()
    {
        Dictionary<(int, int), byte> screen = [];
        for (int i = 0; i < 5000; i++)
        {
            (int, int) place = (EchoLayout.Row(i), EchoLayout.Column(i));
            Assert.False(screen.TryGetValue(place, out byte before) && before == EchoLayout.Letter(i), $"key {i} would not be seen");
            screen[place] = EchoLayout.Letter(i);
        }
    }

    [Fact]
    public void Where_the_layout_looks_is_where_a_terminal_draws_the_keys()
    {
        Roam.Terminal.Emulator terminal = new(80, 24, new Roam.Terminal.EmulatorOptions());
        for (int i = 0; i < 3000; i++)
        {
            terminal.Write([EchoLayout.Letter(i), .. EchoLayout.MoveAfter(i)]);
            Assert.Equal(EchoLayout.Letter(i), terminal.Screen.CellsAt(EchoLayout.Row(i))[EchoLayout.Column(i)].Content);
        }
    }

    [Fact]
    public void Random_keys_have_their_mean_gap_and_bursts_their_rhythm()
    {
        KeySchedule random = new(KeyPattern.Random, seed: 1), bursts = new(KeyPattern.Bursts, seed: 1);
        double mean = Enumerable.Range(0, 20_000).Average(_ => MonotonicClock.ToMillis(random.NextGapNanos()));
        Assert.InRange(mean, 0.97 * KeySchedule.GapMeanMillis, 1.03 * KeySchedule.GapMeanMillis);
        double[] gaps = [.. Enumerable.Range(0, 2 * KeySchedule.BurstKeys).Select(_ => MonotonicClock.ToMillis(bursts.NextGapNanos()))];
        Assert.Equal([KeySchedule.BurstKeys - 1, (2 * KeySchedule.BurstKeys) - 1], Enumerable.Range(0, gaps.Length).Where(i => gaps[i] > KeySchedule.BurstGapMillis));
    }

    [Fact]
    public void Quantiles_are_measured_values()
    {
        Distribution d = new(Enumerable.Range(1, 100).Select(i => (double)i).Reverse());
        Assert.Equal((50, 95, 99, 100, 1), (d.Median, d.Quantile(0.95), d.Quantile(0.99), d.Max, d.Min));
        Assert.True(double.IsNaN(new Distribution([]).Median));
    }

    [Fact]
    public void The_plot_is_well_formed_and_shows_each_program_in_each_panel()
    {
        Distribution some = new([101, 102, 250]);
        string svg = LatencyPlot.Draw([new("first", "a <link>", 100, [("mosh", some), ("roam", new Distribution([]))]), new("second", "b", 10, [("roam", some)])], "of a test");
        System.Xml.Linq.XDocument document = System.Xml.Linq.XDocument.Parse(svg);
        List<string> texts = [.. document.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("a <link>first", texts);
        Assert.Equal(2, texts.Count(t => t == "roam"));
        Assert.Contains("102", texts);
    }

    [Theory]
    [InlineData(9.7, 42)]
    [InlineData(97, 260)]
    [InlineData(97, 4000)]
    [InlineData(0.1, 900)]
    public void An_axis_has_a_few_labels_whatever_it_spans(double low, double high)
    {
        LogAxis axis = new(low, high, 0, 100);
        Assert.InRange(axis.Ticks.Count(), 2, 7);
        Assert.All(axis.Ticks, t => Assert.InRange(axis.At(t), 0, 100));
    }
}
