using Roam.Lab;

namespace Roam.Tests.Prediction.Judging;

/// <summary>The rules of the judge, each on a timeline made by hand.</summary>
public sealed class PredictionJudgeTests
{
    [Fact]
    public void A_key_whose_echo_the_client_shows_within_30_ms_is_visible_and_shown()
    {
        KeyVerdict key = new Bench("$ ").Key(1000, "a").Client(1000, "a").Program(1003, "a").First();
        Assert.True(key.Counts && key.IsVisible && key.IsShown);
        Assert.False(key.IsWrong);
        Assert.Equal(3000, key.AnswerMicros);
    }

    [Fact]
    public void A_key_whose_echo_comes_with_the_network_is_not_shown()
    {
        KeyVerdict key = new Bench("$ ").Key(1000, "a").Program(1003, "a").Client(1204, "a").First();
        Assert.True(key.IsVisible);
        Assert.False(key.IsShown || key.IsWrong);
    }

    [Fact]
    public void A_frame_after_31_ms_is_too_late()
    {
        Assert.True(new Bench("$ ").Key(1000, "a").Program(1003, "a").Client(1030, "a").First().IsShown);
        Assert.False(new Bench("$ ").Key(1000, "a").Program(1003, "a").Client(1031, "a").First().IsShown);
    }

    [Fact]
    public void A_key_without_any_effect_is_not_visible_and_not_shown()
    {
        KeyVerdict key = new Bench("Password: ").Key(1000, "a").Program(1003, "").First();
        Assert.False(key.IsVisible || key.IsShown || key.IsWrong);
    }

    [Fact]
    public void A_program_that_takes_longer_than_30_ms_is_judged_by_its_first_changed_state()
    {
        Assert.True(new Bench("$ ").Key(1000, "a").Client(1000, "a").Program(1050, "").Program(1080, "a").Program(1090, "!").First().IsShown);
        Assert.False(new Bench("$ ").Key(1000, "a").Client(1000, "a!").Program(1080, "a").Program(1090, "!").First().IsShown);
    }

    [Fact]
    public void Any_state_within_30_ms_will_do()
    {
        KeyVerdict key = new Bench("$ ").Key(1000, "a").Client(1000, "a").Program(1003, "a").Program(1005, "\e[90mll\e[m\e[2D").Program(1009, "x").First();
        Assert.True(key.IsShown);
        Assert.Equal(3000, key.AnswerMicros);
    }

    [Fact]
    public void Enter_counts_by_the_newline_although_output_follows()
    {
        KeyVerdict key = new Bench("$ ls").Key(1000, "\r").Client(1000, "\r\n").Program(1001, "\r\n").Program(1004, "a.txt\r\n$ ").First();
        Assert.True(key.IsShown);
        Assert.False(key.IsWrong);
    }

    [Fact]
    public void It_does_so_when_both_come_in_one_read()
    {
        KeyVerdict key = new Bench(">>> 1").Key(1000, "\r").Client(1000, "\r\n").Program(1001, "\e[?2004l\r\n1\r\n>>> ").First();
        Assert.True(key.IsShown);
        Assert.False(key.IsWrong);
        Assert.False(new Bench(">>> 1").Key(1000, "\r").Client(1000, "\r\n").Program(1001, "!\r\n>>> ").First().IsShown);
    }

    [Theory]
    [InlineData("\e[?1l\e>\e[?2004l\r\r\n1\r\n% ")]
    [InlineData("\e[?2004l\e[1B\r1\r\n% ")]
    public void The_newline_is_also_what_zsh_makes_of_it(string output) =>
        Assert.True(new Bench("% 1").Key(1000, "\r").Client(1000, "\r\n").Program(1001, output).First().IsShown);

    [Fact]
    public void The_cursor_at_its_place_without_the_glyph_is_not_shown()
    {
        KeyVerdict key = new Bench("$ ").Key(1000, "a").Client(1000, "\e[C").Program(1003, "a").First();
        Assert.False(key.IsShown);
        Assert.False(key.IsWrong);
    }

    [Fact]
    public void A_motion_is_shown_when_the_cursor_is_there()
    {
        Assert.True(new Bench("abc").Key(1000, "Left").Client(1000, "\b").Program(1002, "\b").First().IsShown);
        Assert.False(new Bench("abc").Key(1000, "Left").Client(1000, "").Program(1002, "\b").First().IsShown);
    }

    [Fact]
    public void A_ruler_far_away_counts_by_the_strict_rule_and_not_by_the_gentle_one()
    {
        const string editor = "ab\e[4;10H1,3\e[1;3H";
        KeyVerdict key = new Bench(editor).Key(1000, " ").Client(1000, " ").Program(1002, " \e[4;10H1,4\e[1;4H").First();
        Assert.False(key.IsShown);
        Assert.True(key.IsShownAtCursor);
        KeyVerdict other = new Bench(editor).Key(1000, "c").Client(1000, "x").Program(1002, "c\e[4;10H1,4\e[1;4H").First();
        Assert.False(other.IsShownAtCursor);
    }

    [Fact]
    public void A_highlight_that_moves_is_shown_only_when_the_client_shows_it()
    {
        const string menu = "\e[?25l\e[7mone\e[m\r\ntwo";
        const string second = "\e[Hone\r\n\e[7mtwo\e[m";
        Assert.False(new Bench(menu).Key(1000, "Down").Client(1000, "").Program(1002, second).First().IsShown);
        Assert.True(new Bench(menu).Key(1000, "Down").Client(1000, second).Program(1002, second).First().IsShown);
    }

    [Fact]
    public void The_clients_underline_is_no_difference()
    {
        KeyVerdict key = new Bench("$ ").Key(1000, "a").Client(1000, "\e[4ma\e[m").Program(1003, "a").First();
        Assert.True(key.IsShown);
        Assert.False(key.IsWrong);
    }

    [Fact]
    public void A_cell_that_the_program_never_fills_so_is_wrong()
    {
        KeyVerdict key = new Bench("$ \e[15Gmain\e[3G").Key(1000, "a").Client(1000, "a\e[15G mai\e[4G").Program(1003, "a").First();
        Assert.True(key.IsShown);
        Assert.Equal(4, key.WrongCells);
        Assert.Equal((0, 14), key.WrongCell);
    }

    [Fact]
    public void What_the_reference_held_a_moment_ago_is_late_and_not_wrong()
    {
        Bench bench = new("$ ");
        bench.Key(1000, "a").Program(1003, "a").Key(1150, "Backspace").Program(1152, "\b \b").Client(1160, "a");
        KeyVerdict second = bench.Judge()[1];
        Assert.False(second.IsShown || second.IsWrong);
    }

    [Fact]
    public void What_it_held_long_ago_is_wrong()
    {
        Bench bench = new("$ ");
        bench.Program(100, "x\b \b").Key(100, "x").Program(101, "x").Program(102, "\b \b").Key(9000, "a").Client(9001, "x").Program(9002, "a");
        Assert.Equal(1, bench.Judge()[1].WrongCells);
    }

    [Fact]
    public void A_cursor_where_the_program_never_put_it_is_wrong()
    {
        KeyVerdict key = new Bench("$ ").Key(1000, "Tab").Client(1000, "\e[10G").Program(1002, "x").First();
        Assert.True(key.HasWrongCursor);
        Assert.Equal(0, key.WrongCells);
    }

    [Fact]
    public void A_program_that_answers_after_the_next_key_makes_no_guess_wrong()
    {
        Bench bench = new("$ ");
        bench.Key(1000, "a").Client(1000, "a").Key(1060, "b").Client(1060, "b").Program(1070, "a").Program(1075, "b");
        Assert.All(bench.Judge(), k => Assert.False(k.IsWrong));
    }

    [Fact]
    public void A_secret_character_on_the_clients_screen_is_a_leak()
    {
        Bench bench = new("Password: ");
        bench.Key(1000, "s", isSecret: true).Key(1200, "q", isSecret: true).Client(1200, "q").Client(1400, "\b \b");
        IReadOnlyList<KeyVerdict> keys = bench.Judge();
        Assert.False(keys[0].IsLeaked);
        Assert.True(keys[1].IsLeaked);
        Assert.Equal(new GroupScore(2, 0, 0, 0, 1, 1, 1), PredictionScore.Of(keys).Text);
    }

    [Fact]
    public void A_secret_that_shows_only_after_its_enter_is_a_leak_too()
    {
        Bench bench = new("Password: ");
        bench.Key(1000, "q", isSecret: true).Key(1300, "\r").Program(1301, "\r\n").Client(1500, "q");
        Assert.True(bench.First().IsLeaked);
    }

    [Fact]
    public void The_same_letter_that_the_program_prints_itself_is_none()
    {
        Bench bench = new("Password: ");
        bench.Key(1000, "o", isSecret: true).Key(1300, "\r").Program(1301, "\r\nSorry, no.\r\n").Client(1500, "\r\nSorry, no.\r\n");
        Assert.False(bench.First().IsLeaked);
    }

    [Fact]
    public void Keys_before_the_client_shows_anything_do_not_count_and_groups_are_counted_apart()
    {
        Bench bench = new("$ ");
        bench.Key(1000, "a").Client(1000, "a").Program(1002, "a").Key(2000, "j", group: TypingGroup.Command).Program(2002, "\n");
        PredictionScore score = PredictionScore.Of(bench.Judge());
        Assert.Equal(new GroupScore(1, 1, 1, 1, 0, 0, 0), score.Text);
        Assert.Equal(new GroupScore(1, 1, 0, 0, 0, 0, 0), score.Command);
        Assert.Equal(50, score.Total.ShownPercent);

        PredictionJudge alone = new(0);
        alone.Key(1000, new Keystroke("a", [0x61], TypingGroup.Text, false));
        Assert.Equal(default, PredictionScore.Of(alone.Judge()));
    }
}
