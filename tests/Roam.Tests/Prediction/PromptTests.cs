using Roam.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>Roam's engine at a shell's prompt: what is shown, and when.</summary>
public sealed class PromptTests
{
    [Fact]
    public void At_a_new_prompt_nothing_is_shown_before_the_first_echo()
    {
        Scene scene = Scene.OfEngine();
        scene.Answer("$ ");
        scene.Type("l");
        Assert.Equal("$", scene.Look());
        scene.Answer("l");
        scene.Type("s");
        Assert.Equal("$ ls", scene.Look());
        Assert.Equal((0, 4), scene.Cursor);
    }

    [Fact]
    public void At_a_known_prompt_the_first_character_is_shown_at_once()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("l");
        Assert.Equal("$ l\n$ l\n$ l", scene.Look());
        Assert.Equal((2, 3), scene.Cursor);
    }

    [Fact]
    public void With_bracketed_paste_on_one_echoed_line_is_enough()
    {
        Scene scene = Scene.OfEngine();
        scene.Answer("\e[?2004h$ ");
        scene.Type("l");
        scene.Answer("l");
        scene.Type("\r");
        scene.Answer("\e[?2004l\r\n\e[?2004h$ ");
        scene.Type("x");
        Assert.Equal("$ l\n$ x", scene.Look());
    }

    [Fact]
    public void Without_it_only_a_server_that_knows_its_terminal_is_believed()
    {
        Scene scene = Scene.OfEngine(height: 20);
        scene.Answer("> ");
        for (int i = 0; i < 3; i++)
        {
            scene.Type("l");
            scene.Answer("l");
            scene.Type("\r");
            scene.Answer("\r\n> ");
        }

        scene.Type("x");
        Assert.EndsWith("\n>", scene.Look(), StringComparison.Ordinal);
        scene.Answer("x");
        scene.Type("\r");
        scene.Far = new FarTerminal(IsKnown: true, IsCanonical: false, Echoes: false, IsAlternateScreen: false);
        scene.Answer("\r\n> ");
        scene.Type("y");
        Assert.EndsWith("\n> y", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_echo_that_comes_before_its_acknowledgement_counts()
    {
        Scene scene = Scene.OfEngine();
        scene.Answer("$ ");
        scene.Type("l");
        scene.AnswerTo(1, "l");
        scene.Look();
        scene.Type("s");
        Assert.Equal("$ ls", scene.Look());
    }

    [Fact]
    public void An_early_picture_that_lacks_an_earlier_character_is_no_echo()
    {
        // less: "/" opens a prompt, the picture shows the second "r" of "warr" nowhere yet.
        Scene scene = Scene.OfEngine();
        scene.Answer("$ x");
        scene.Type("r");
        scene.Type("r");
        scene.AnswerTo(2, "\e[1;5Hr\e[1;6H");
        scene.Look();
        scene.Type("s");
        Assert.DoesNotContain("rs", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_prompt_stays_where_it_is()
    {
        Scene scene = Scene.AtKnownPrompt(prompt: "\e[30G12:00\r$ ");
        scene.Type("echo");
        string row = scene.Look().Split('\n')[^1];
        Assert.Equal(29, row.IndexOf("12:00", StringComparison.Ordinal));
        Assert.StartsWith("$ echo ", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suggestion_behind_the_cursor_stays_where_it_is_and_typing_over_it_counts_as_echo()
    {
        Scene scene = Scene.OfEngine();
        scene.Answer("$ git status\e[3G");
        scene.Type("g");
        scene.Answer("g");
        scene.Look();
        scene.Type("i");
        Assert.Equal("$ git status", scene.Look());
        Assert.Equal((0, 4), scene.Cursor);
    }

    [Fact]
    public void An_insert_in_mid_line_moves_the_users_own_text_only()
    {
        Scene scene = Scene.AtKnownPrompt(prompt: "\e[20G<\r$ ");
        scene.Type("ab");
        scene.Answer("ab");
        scene.Look();
        scene.Type("\e[D");
        scene.Answer("\b");
        scene.Look();
        scene.Type("X");
        string row = scene.Look().Split('\n')[^1];
        Assert.StartsWith("$ aXb  ", row, StringComparison.Ordinal);
        Assert.Equal(19, row.IndexOf('<', StringComparison.Ordinal));
        Assert.Equal((2, 4), scene.Cursor);
    }

    [Fact]
    public void Enter_takes_the_cursor_to_the_next_row_until_the_answer_comes()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("l");
        scene.Type("\r");
        scene.Look();
        Assert.Equal((3, 0), scene.Cursor);
        scene.Answer("l\r\nfile\r\n$ ");
        Assert.EndsWith("$ l\nfile\n$", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((4, 2), scene.Cursor);
    }

    [Fact]
    public void On_the_last_row_Enter_moves_the_picture_up()
    {
        Scene scene = Scene.AtKnownPrompt(height: 3);
        scene.Type("l");
        scene.Answer("l");
        scene.Look();
        scene.Type("\r");
        Assert.Equal("$ l\n$ l", scene.Look());
        Assert.Equal((2, 0), scene.Cursor);
    }

    [Fact]
    public void A_picture_that_has_moved_up_before_its_acknowledgement_is_not_moved_again()
    {
        Scene scene = Scene.AtKnownPrompt(height: 3);
        scene.Type("l");
        scene.Answer("l");
        scene.Look();
        scene.Type("\r");
        scene.Look();
        scene.AnswerTo(1, "\r\nfile\r\n$ ");
        Assert.Equal("$ l\nfile\n$", scene.Look());
        Assert.Equal((2, 2), scene.Cursor);
    }

    [Fact]
    public void What_is_typed_ahead_is_placed_when_the_prompt_comes()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("l");
        scene.Answer("l");
        scene.Look();
        scene.Type("\r");
        scene.Type("d");
        scene.Type("u");
        Assert.Equal("$ l\n$ l\n$ l", scene.Look());
        scene.AnswerTo(2, "\r\n\e[?2004h$ ");
        Assert.Equal("$ l\n$ l\n$ l\n$ du", scene.Look());
        Assert.Equal((3, 4), scene.Cursor);
    }

    [Fact]
    public void Typed_ahead_characters_that_stand_there_already_are_not_placed_twice()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("\r");
        scene.Type("d");
        scene.Type("u");
        scene.AnswerTo(2, "\r\n$ d");
        Assert.EndsWith("\n$ du", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((3, 4), scene.Cursor);
    }

    [Fact]
    public void A_wrong_guess_goes_with_the_screen_that_disproves_it()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("a");
        Assert.EndsWith("$ a", scene.Look(), StringComparison.Ordinal);
        scene.Answer("Z");
        Assert.EndsWith("$ Z", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((2, 3), scene.Cursor);
        scene.Type("b");
        Assert.EndsWith("$ Z", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wide_characters_are_guessed_too()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("日本");
        Assert.EndsWith("$ 日本", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((2, 6), scene.Cursor);
        scene.Type("\x7f");
        Assert.EndsWith("$ 日", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((2, 4), scene.Cursor);
    }

    [Fact]
    public void A_long_line_goes_on_in_the_next_row()
    {
        Scene scene = Scene.AtKnownPrompt(width: 10);
        scene.Type("abcdefgh");
        scene.Type("i");
        Assert.EndsWith("$ abcdefgh\ni", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((3, 1), scene.Cursor);
    }

    [Fact]
    public void Backspace_does_not_eat_the_prompt()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("a");
        scene.Type("\x7f");
        scene.Type("\x7f");
        Assert.EndsWith("\n$", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((2, 2), scene.Cursor);
    }

    [Fact]
    public void After_a_completion_typing_goes_on_at_once_behind_it()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("c");
        scene.Answer("c");
        scene.Look();
        scene.Type("\t");
        scene.Answer("at file");
        scene.Look();
        scene.Type("x");
        Assert.EndsWith("$ cat filex", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_paste_is_not_guessed()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type(new string('x', PredictionEngine.PasteBytesMin));
        Assert.EndsWith("\n$", scene.Look(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x01", 2)]
    [InlineData("\e[H", 2)]
    [InlineData("\e[D\e[D", 4)]
    [InlineData("\x01\x05", 6)]
    public void Keys_of_the_line_editor_move_the_cursor(string keys, int column)
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("abcd");
        scene.Answer("abcd");
        scene.Look();
        scene.Type("\x01");
        scene.Answer("\e[3G");
        scene.Look();
        scene.Type("\x05");
        scene.Answer("\e[7G");
        scene.Look();
        scene.Type(keys);
        scene.Look();
        Assert.Equal((2, column), scene.Cursor);
    }

    [Fact]
    public void Typing_allocates_nothing_in_steady_state()
    {
        Scene scene = Scene.AtKnownPrompt(width: 120, height: 40);
        Screen remote = scene.Remote.Screen;
        Scene.Turn(scene.Engine, "hello\x7f\e[D\e[Cworld\x01\x05\r\t"u8, remote, 0, 600);
        Allocation.AssertNone(() => Scene.Turn(scene.Engine, "hello\x7f\e[D\e[Cworld\x01\x05\r\t"u8, remote, 600, 500));
    }
}
