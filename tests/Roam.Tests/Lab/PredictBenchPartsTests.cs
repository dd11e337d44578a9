using System.Text;
using Roam.Lab;

namespace Roam.Tests.Lab;

/// <summary>The parts of `bench predict` that need no program.</summary>
public sealed class PredictBenchPartsTests
{
    [Theory]
    [InlineData("\e[?1049h\e[22;0;0t\e[H", "\e[22;0;0t\e[H")]
    [InlineData("text\e[?1049ltext\e[?47h", "texttext")]
    [InlineData("\e[?25l\e[?1h", "\e[?25l\e[?1h")]
    [InlineData("no escape at all", "no escape at all")]
    [InlineData("\e[?104", "\e[?104")]
    public void A_terminal_with_one_screen_hears_nothing_of_the_other(string output, string heard) =>
        Assert.Equal(heard, Encoding.UTF8.GetString(OneScreen.Without(Encoding.UTF8.GetBytes(output))));

    [Fact]
    public void By_default_all_pairs_play_all_workloads_in_adaptive_mode_over_200_ms()
    {
        PredictBenchOptions options = PredictBenchOptions.TryParse([])!;
        Assert.Equal(["roam", "mixed", "stock"], options.Pairs.Select(p => p.Name));
        Assert.Equal((200, "adaptive", 1.0, 0), (options.RoundTripMillis, options.Predict, options.Hurry, options.Only.Count));
    }

    [Fact]
    public void Options_are_taken_with_their_values()
    {
        PredictBenchOptions options = PredictBenchOptions.TryParse(["--only", "bash,less", "--hurried", "--pairs", "stock,roam", "--rtt", "90", "--jobs", "2"])!;
        Assert.Equal(["bash", "less"], options.Only);
        Assert.Equal(["stock", "roam"], options.Pairs.Select(p => p.Name));
        Assert.Equal((90, 2, 0.6), (options.RoundTripMillis, options.Jobs, options.Hurry));
        Assert.Equal(0.8, PredictBenchOptions.TryParse(["--hurried", "0.8"])!.Hurry);
        Assert.Equal(new SessionPair("old", "a/server", "a/client"), PredictBenchOptions.TryParse(["--pairs", "old=a/server,a/client"])!.Pairs.Single());
    }

    [Theory]
    [InlineData("--pairs", "roam,unknown")]
    [InlineData("--predict", "sometimes")]
    [InlineData("--jobs", "0")]
    [InlineData("--jobs", "1000")]
    [InlineData("--rtt", "-5")]
    [InlineData("--what", "1")]
    public void Nonsense_is_not_taken(string name, string value) => Assert.Null(PredictBenchOptions.TryParse([name, value]));

    [Fact]
    public void Stock_is_never_asked_for_a_mode_that_it_does_not_have()
    {
        PredictBenchOptions options = PredictBenchOptions.TryParse(["--predict", "stock"])!;
        Assert.Equal(["stock", "stock", "adaptive"], options.Pairs.Select(options.PredictOf));
    }

    [Fact]
    public void Percentages_of_all_pairs_stand_in_the_tables_and_a_pair_that_lacks_a_workload_has_a_dash()
    {
        GroupScore good = new(10, 8, 6, 6, 0, 0, 0);
        GroupScore bad = new(10, 8, 4, 4, 2, 1, 3);
        PredictBenchOptions options = PredictBenchOptions.TryParse(["--pairs", "roam,stock"])!;
        PredictBenchReport report = new(options, [new("bash", "roam", new(good, default), 100), new("bash", "stock", new(bad, default), 200), new("less", "roam", new(default, good), 300)]);
        string text = report.Markdown("Roam.Lab bench predict");
        Assert.Contains("| roam, all | 20 | 16 | 75.0 % | 0.00 % (0) | 0.00 % (0) | 0 | 200 us |", text, StringComparison.Ordinal);
        Assert.Contains("| stock, text | 10 | 8 | 50.0 % | 50.00 % (2) | 25.00 % (1) | 3 |", text, StringComparison.Ordinal);
        Assert.Contains("| bash | 75.0 %; 0, 0 | 50.0 %; 2, 1; 3 leaked |", text, StringComparison.Ordinal);
        Assert.Contains("| less | 75.0 %; 0, 0 | - |", text, StringComparison.Ordinal);
    }
}
