using Roam.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>When guesses are shown and when they are underlined.</summary>
public sealed class ShowingTests
{
    [Fact]
    public void On_a_fast_link_the_adaptive_mode_shows_nothing()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Adaptive);
        scene.Link(30);
        scene.Type("b");
        Assert.Equal("$ a", scene.Look());
    }

    [Fact]
    public void Above_30_ms_it_shows_until_20_and_nothing_outstanding()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Adaptive);
        scene.Link(31);
        scene.Type("b");
        Assert.Equal("$ ab", scene.Look());
        scene.Link(20);
        Assert.Equal("$ ab", scene.Look());
        scene.Answer("b");
        scene.Look();
        scene.Type("c");
        Assert.Equal("$ ab", scene.Look());
        scene.Link(31);
        Assert.Equal("$ abc", scene.Look());
        scene.Answer("c");
        scene.Link(21);
        scene.Look();
        scene.Type("d");
        Assert.Equal("$ abcd", scene.Look());
    }

    [Fact]
    public void A_link_between_the_bounds_shows_as_long_as_it_was_never_known_to_be_fast()
    {
        Scene scene = new(PredictionMode.Adaptive);
        scene.Link(25);
        scene.Answer("$ ");
        scene.Look();
        scene.Type("a");
        scene.Answer("a");
        scene.Look();
        scene.Type("b");
        Assert.Equal("$ ab", scene.Look());
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(81, true)]
    public void Above_80_ms_shown_guesses_are_underlined(long sendInterval, bool underlined)
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Link(sendInterval);
        scene.Type("b");
        scene.Look();
        Assert.Equal(underlined ? [3] : [], scene.Underlined(0));
        scene.Link(51);
        scene.Look();
        Assert.Equal(underlined ? [3] : [], scene.Underlined(0));
        scene.Link(50);
        scene.Look();
        Assert.Equal([], scene.Underlined(0));
    }

    [Fact]
    public void Unknown_cells_are_underlined_but_not_in_the_last_column()
    {
        Scene scene = Scene.AfterFirstEcho(width: 8);
        scene.Answer("bcdef\x1b[1;4H");
        scene.Look();
        scene.Link(100);
        scene.Type("\x7f");
        Assert.Equal("$ bcdeef", scene.Look());
        Assert.Equal([2, 3, 4, 5, 6], scene.Underlined(0));
    }

    [Fact]
    public void After_250_ms_without_an_answer_guesses_show()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Adaptive);
        scene.Type("b");
        scene.Wait(249);
        Assert.Equal("$ a", scene.Look());
        Assert.True(scene.Engine.NextTimeout(scene.NowMicros, out long at));
        Assert.Equal(scene.NowMicros + 50_000, at);
        scene.Wait(1);
        Assert.Equal("$ ab", scene.Look());
        Assert.Equal([], scene.Underlined(0));
    }

    [Fact]
    public void Ten_quick_answers_150_ms_apart_end_a_glitch()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Adaptive, width: 80);
        scene.Type("b");
        scene.Wait(250);
        scene.Look();
        scene.Answer("b");
        scene.Look();
        for (int i = 0; i < 10; i++)
        {
            scene.Type("c");
            Assert.EndsWith("c", scene.Look(), StringComparison.Ordinal);
            scene.Wait(150);
            scene.Answer("c");
            scene.Look();
        }

        scene.Type("d");
        Assert.EndsWith("c", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quick_answers_in_a_burst_count_once()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Adaptive, width: 80);
        scene.Type("b");
        scene.Wait(250);
        scene.Look();
        scene.Answer("b");
        scene.Look();
        for (int i = 0; i < 30; i++)
        {
            scene.Type("c");
            scene.Wait(4);
            scene.Answer("c");
            scene.Look();
        }

        scene.Type("d");
        Assert.EndsWith("d", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_5_s_guesses_are_underlined_and_time_has_nothing_more_to_say()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Adaptive);
        scene.Type("b");
        scene.Wait(4999);
        scene.Look();
        Assert.Equal([], scene.Underlined(0));
        Assert.True(scene.Engine.NextTimeout(scene.NowMicros, out _));
        scene.Wait(1);
        scene.Look();
        Assert.Equal([3], scene.Underlined(0));
        Assert.False(scene.Engine.NextTimeout(scene.NowMicros, out _));
    }

    [Fact]
    public void A_blank_over_a_blank_is_not_underlined()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Link(100);
        scene.Type(" b");
        Assert.Equal("$ a b", scene.Look());
        Assert.Equal([4], scene.Underlined(0));
    }
}
