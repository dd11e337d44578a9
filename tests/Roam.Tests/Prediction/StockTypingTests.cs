using Roam.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>What keys are guessed to do by the rules of mosh 1.4, and how the guesses fare.</summary>
public sealed class StockTypingTests
{
    [Fact]
    public void Nothing_is_shown_before_the_program_has_echoed_once()
    {
        Scene scene = new();
        scene.Answer("$ ");
        scene.Type("l");
        Assert.Equal("$", scene.Look());
        Assert.Equal((0, 2), scene.Cursor);
    }

    [Fact]
    public void The_first_echo_shows_what_was_typed_after_it()
    {
        Scene scene = new();
        scene.Answer("$ ");
        scene.Type("l");
        scene.Type("s");
        scene.AnswerTo(1, "l");
        Assert.Equal("$ ls", scene.Look());
        Assert.Equal((0, 4), scene.Cursor);
    }

    [Fact]
    public void After_that_keys_are_shown_at_once_and_the_late_echo_changes_nothing()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("b");
        Assert.Equal("$ ab", scene.Look());
        scene.Type("c");
        Assert.Equal("$ abc", scene.Look());
        Assert.Equal((0, 5), scene.Cursor);
        scene.AnswerTo(1, "b");
        Assert.Equal("$ abc", scene.Look());
        scene.Answer("c");
        Assert.Equal("$ abc", scene.Look());
        Assert.False(scene.Engine.NextTimeout(scene.NowMicros, out _));
    }

    [Fact]
    public void A_password_is_never_shown()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("b\r");
        scene.Answer("b\r\nPassword: ");
        scene.Look();
        foreach (char c in "secret")
        {
            scene.Type(c.ToString());
            Assert.Equal("$ ab\nPassword:", scene.Look());
            Assert.Equal((1, 10), scene.Cursor);
        }

        scene.Answer("");
        Assert.Equal("$ ab\nPassword:", scene.Look());
        scene.Type("x");
        Assert.Equal("$ ab\nPassword:", scene.Look());
        scene.Type("\r");
        Assert.Equal("$ ab\nPassword:", scene.Look());
    }

    [Fact]
    public void Enter_moves_the_cursor_only_once_the_new_line_is_confirmed()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("\r");
        Assert.Equal("$ a", scene.Look());
        Assert.Equal((0, 3), scene.Cursor);
        scene.Type("x");
        Assert.Equal("$ a", scene.Look());
        scene.Answer("\r\nx");
        Assert.Equal("$ a\nx", scene.Look());
        scene.Type("y");
        Assert.Equal("$ a\nxy", scene.Look());
    }

    [Fact]
    public void Enter_on_the_last_row_is_guessed_to_blank_it()
    {
        Scene scene = new(PredictionMode.Experimental, height: 2);
        scene.Answer("\r\n$ a");
        scene.Type("\r");
        Assert.Equal("", scene.Look());
        Assert.Equal((1, 0), scene.Cursor);
        scene.Answer("\r\n");
        Assert.Equal("$ a", scene.Look());
    }

    [Fact]
    public void Typing_inside_a_line_moves_its_rest()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("bcd");
        scene.Answer("bcd");
        scene.Look();
        scene.Type("\x1b[D\x1b[D");
        scene.Look();
        Assert.Equal((0, 4), scene.Cursor);
        scene.Type("X");
        Assert.Equal("$ abXcd", scene.Look());
        Assert.Equal((0, 5), scene.Cursor);
        scene.Answer("\b\bXcd\b\b");
        Assert.Equal("$ abXcd", scene.Look());
    }

    [Fact]
    public void In_overwrite_mode_the_rest_stays()
    {
        Scene scene = Scene.AfterFirstEcho(overwrite: true);
        scene.Type("bcd");
        scene.Answer("bcd");
        scene.Look();
        scene.Type("\x1b[D\x1b[DX");
        Assert.Equal("$ abXd", scene.Look());
        scene.Type("\x7f");
        Assert.Equal("$ ab d", scene.Look());
        Assert.Equal((0, 4), scene.Cursor);
    }

    [Fact]
    public void Backspace_takes_the_character_and_pulls_the_rest()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("bcd");
        scene.Answer("bcd");
        scene.Look();
        scene.Type("\x7f");
        Assert.Equal("$ abc", scene.Look());
        scene.Type("\x1bOD\x7f");
        Assert.Equal("$ ac", scene.Look());
        Assert.Equal((0, 3), scene.Cursor);
    }

    [Fact]
    public void Backspace_at_the_left_edge_does_nothing()
    {
        Scene scene = new(PredictionMode.Experimental);
        scene.Answer("\r\nab\r");
        scene.Type("\x7f");
        Assert.Equal("\nab", scene.Look());
        Assert.Equal((1, 0), scene.Cursor);
    }

    [Fact]
    public void Arrows_stay_within_the_row()
    {
        Scene scene = Scene.AfterFirstEcho(width: 6);
        scene.Type("\x1b[C\x1bOC\x1b[C\x1b[C\x1b[C");
        scene.Look();
        Assert.Equal((0, 5), scene.Cursor);
        scene.Type("\x1b[D\x1bOD\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D");
        scene.Look();
        Assert.Equal((0, 0), scene.Cursor);
    }

    [Fact]
    public void A_modified_arrow_begins_a_new_epoch()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("\x1b[1;5D");
        scene.Type("b");
        Assert.Equal("$ a", scene.Look());
    }

    [Theory]
    [InlineData("\x1b[A")]
    [InlineData("\t")]
    [InlineData("\x1b")]
    [InlineData("\x03")]
    [InlineData("日")]
    [InlineData("\u0301")]
    public void Keys_that_may_change_the_echo_hide_what_follows(string key)
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type(key);
        scene.Type(key == "\x1b" ? "kb" : "b");
        Assert.Equal("$ a", scene.Look());
    }

    [Fact]
    public void Characters_of_several_bytes_are_guessed_when_complete()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Engine.NewUserInput(scene.NowMicros, [0xC3], scene.Remote.Screen);
        Assert.Equal("$ a", scene.Look());
        scene.Engine.NewUserInput(scene.NowMicros, [0xA9], scene.Remote.Screen);
        Assert.Equal("$ aé", scene.Look());
    }

    [Fact]
    public void The_last_column_wraps_in_an_epoch_of_its_own()
    {
        Scene scene = Scene.AfterFirstEcho(width: 6);
        scene.Type("bc");
        Assert.Equal("$ abc", scene.Look());
        scene.Type("d");
        Assert.Equal("$ abc", scene.Look());
        scene.Type("e");
        scene.AnswerTo(1, "bcd");
        Assert.Equal("$ abcd\ne", scene.Look());
        Assert.Equal((1, 1), scene.Cursor);
        scene.Answer("e");
        Assert.Equal("$ abcd\ne", scene.Look());
    }

    [Fact]
    public void A_paste_forgets_all_and_guesses_nothing()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("b");
        scene.Type(new string('x', 101));
        Assert.Equal("$ a", scene.Look());
        scene.Type("c");
        Assert.Equal("$ a", scene.Look());
    }

    [Fact]
    public void A_hundred_bytes_are_typing_still()
    {
        Scene scene = Scene.AfterFirstEcho(width: 200);
        scene.Type(new string('x', 100));
        Assert.Equal("$ a" + new string('x', 100), scene.Look());
    }

    [Fact]
    public void A_resize_forgets_all()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("b");
        Assert.Equal("$ ab", scene.Look());
        scene.Remote.Resize(30, 4);
        Assert.Equal("$ a", scene.Look());
        scene.Type("c");
        Assert.Equal("$ a", scene.Look());
    }

    [Fact]
    public void A_wrong_guess_is_taken_back_and_trust_begins_anew()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("b");
        Assert.Equal("$ ab", scene.Look());
        scene.Answer("*");
        Assert.Equal("$ a*", scene.Look());
        scene.Type("c");
        Assert.Equal("$ a*", scene.Look());
    }

    [Fact]
    public void A_wrong_guess_in_a_tentative_epoch_leaves_the_confirmed_ones()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("\t");
        scene.Type("x");
        scene.Answer("bcd");
        Assert.Equal("$ abcd", scene.Look());
        scene.Type("e");
        scene.Answer("e");
        Assert.Equal("$ abcde", scene.Look());
        scene.Type("f");
        Assert.Equal("$ abcdef", scene.Look());
    }

    [Fact]
    public void A_cursor_elsewhere_forgets_all()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("b");
        scene.Answer("b\x1b[3;5H");
        Assert.Equal("$ ab", scene.Look());
        Assert.Equal((2, 4), scene.Cursor);
        scene.Type("c");
        Assert.Equal("$ ab", scene.Look());
    }

    [Fact]
    public void A_character_that_stood_there_before_proves_nothing()
    {
        Scene scene = new(overwrite: true);
        scene.Answer("aaaa\r");
        scene.Type("a");
        scene.Answer("a");
        Assert.Equal("aaaa", scene.Look());
        scene.Type("b");
        Assert.Equal("aaaa", scene.Look());
    }

    [Fact]
    public void A_blank_proves_nothing()
    {
        Scene scene = new();
        scene.Answer("$ ");
        scene.Type(" ");
        scene.Answer(" ");
        scene.Look();
        scene.Type("b");
        Assert.Equal("$", scene.Look());
    }

    [Fact]
    public void A_guess_takes_the_rendition_to_its_left_and_then_that_of_the_echo()
    {
        Scene scene = new();
        scene.Answer("\x1b[32m$ \x1b[0m");
        scene.Type("a");
        scene.Type("b");
        scene.AnswerTo(1, "\x1b[31ma");
        Assert.Equal("$ ab", scene.Look());
        Assert.Equal(scene.Frame.CellsAt(0)[2].Style, scene.Frame.CellsAt(0)[3].Style);
        Assert.Equal(Color.Indexed(1), scene.Frame.Tables.Styles[scene.Frame.CellsAt(0)[3].Style].Foreground);
    }

    [Fact]
    public void A_wide_character_beside_a_guess_is_moved_whole()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Answer("日本\x1b[1;4H");
        scene.Look();
        scene.Type("b");
        Assert.Equal("$ ab日本", scene.Look());
        scene.Type("\x1b[C\x7f");
        Assert.StartsWith("$ ab", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_beside_a_guess_is_moved_whole_and_one_that_is_cut_goes()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Answer("\x1b[?2027h🇫🇷👩\u200D💻\x1b[1;4H");
        scene.Look();
        scene.Type("b");
        Assert.Equal("$ ab🇫🇷👩\u200D💻", scene.Look());
        Scene overwriting = Scene.AfterFirstEcho(overwrite: true);
        overwriting.Answer("\x1b[?2027h🇫🇷👩\u200D💻\x1b[1;4H");
        overwriting.Look();
        overwriting.Type("b");
        Assert.Equal("$ ab 👩\u200D💻", overwriting.Look());
    }

    [Fact]
    public void Experimental_mode_waits_for_nothing()
    {
        Scene scene = new(PredictionMode.Experimental);
        scene.Answer("Password: ");
        scene.Type("x");
        Assert.Equal("Password: x", scene.Look());
        scene.Answer("");
        Assert.Equal("Password:", scene.Look());
    }

    [Fact]
    public void Never_means_never()
    {
        Scene scene = Scene.AfterFirstEcho(PredictionMode.Never);
        scene.Link(500);
        scene.Type("b");
        scene.Wait(10_000);
        Assert.Equal("$ a", scene.Look());
        Assert.False(scene.Engine.NextTimeout(scene.NowMicros, out _));
    }

    [Fact]
    public void A_mouse_report_is_one_key()
    {
        Scene scene = Scene.AfterFirstEcho();
        scene.Type("\x1b[M !!");
        scene.Answer("");
        Assert.Equal("$ a", scene.Look());
        scene.Type("b");
        scene.Answer("b");
        scene.Look();
        scene.Type("c");
        Assert.Equal("$ abc", scene.Look());
    }

    [Fact]
    public void Typing_allocates_nothing_in_steady_state()
    {
        Scene scene = Scene.AfterFirstEcho(width: 120, height: 40);
        Screen remote = scene.Remote.Screen;
        Scene.Turn(scene.Engine, "hello\x7f\e[D\e[Cworld\r\t"u8, remote, 0, 300);
        Allocation.AssertNone(() => Scene.Turn(scene.Engine, "hello\x7f\e[D\e[Cworld\r\t"u8, remote, 300, 500));
    }
}
