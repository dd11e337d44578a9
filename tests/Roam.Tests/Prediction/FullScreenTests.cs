using Roam.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>Roam's engine under full-screen programs: editors, vi's modes, pagers, panes.</summary>
public sealed class FullScreenTests
{
    private const string Clear = "\e[2J\e[H";

    private static readonly FarTerminal Alternate = new(IsKnown: true, IsCanonical: false, Echoes: false, IsAlternateScreen: true);

    [Fact]
    public void A_motion_is_shown_once_it_was_right_twice()
    {
        Scene scene = Editor("one two\r\nthree four\r\nfive six\r\nseven");
        scene.Answer("\e[H");
        Press(scene, "j", "\e[2;1H");
        Press(scene, "j", "\e[3;1H");
        scene.Type("j");
        scene.Look();
        Assert.Equal((3, 0), scene.Cursor);
    }

    [Fact]
    public void Motions_typed_faster_than_the_round_trip_follow_each_other()
    {
        Scene scene = Editor("one two\r\nthree four\r\nfive six\r\nseven\r\neight");
        scene.Answer("\e[H");
        Press(scene, "j", "\e[2;1H");
        Press(scene, "j", "\e[3;1H");
        scene.Type("j");
        scene.Type("j");
        scene.Look();
        Assert.Equal((4, 0), scene.Cursor);
        scene.AnswerTo(1, "\e[4;1H");
        scene.Look();
        Assert.Equal((4, 0), scene.Cursor);
        scene.Answer("\e[5;1H");
        scene.Look();
        Assert.Equal((4, 0), scene.Cursor);
    }

    [Fact]
    public void A_key_that_did_something_else_is_not_shown_again()
    {
        Scene scene = Editor("one two\r\nthree four\r\nfive six\r\nseven");
        scene.Answer("\e[H");
        Press(scene, "j", "\e[2;1H");
        Press(scene, "j", "\e[3;1H");
        Press(scene, "j", "\e[1;1H");
        scene.Type("j");
        scene.Look();
        Assert.Equal((0, 0), scene.Cursor);
    }

    [Fact]
    public void After_an_insert_mode_was_seen_the_motions_of_a_vi_are_known()
    {
        Scene scene = ViInNormalMode();
        scene.Type("w");
        scene.Look();
        Assert.Equal((0, 4), scene.Cursor);
        scene.Type("$");
        scene.Look();
        Assert.Equal((0, 6), scene.Cursor);
    }

    [Fact]
    public void Text_typed_right_after_i_is_shown_at_once()
    {
        Scene scene = ViInNormalMode();
        scene.Type("i");
        scene.Type("X");
        Assert.StartsWith("Xone two", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((0, 1), scene.Cursor);
    }

    [Fact]
    public void A_command_line_of_a_vi_opens_at_once()
    {
        Scene scene = ViInNormalMode();
        scene.Type(":");
        scene.Type("w");
        Assert.EndsWith("\n:w", scene.Look(), StringComparison.Ordinal);
        Assert.Equal((7, 2), scene.Cursor);
    }

    [Fact]
    public void Enter_in_an_editor_goes_to_the_line_below_once_it_has_done_so()
    {
        Scene scene = Nano();
        Press(scene, "a", "a");
        Press(scene, "\r", "\r\n");
        Press(scene, "b", "b");
        scene.Type("\r");
        scene.Type("c");
        string[] rows = scene.Look().Split('\n');
        Assert.Equal("b", rows[1]);
        Assert.Equal("c", rows[2]);
    }

    [Fact]
    public void A_field_of_underscores_is_typed_over()
    {
        Scene scene = Editor("");
        scene.Answer("\e[7;1H\e[7m^G\e[0m Help\e[HName ______ |\e[1;6H");
        Press(scene, "a", "a");
        scene.Type("b");
        Assert.StartsWith("Name ab____ |", scene.Look(), StringComparison.Ordinal);
        scene.Type("\x7f");
        Assert.StartsWith("Name a_____ |", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_field_of_a_form_is_not_trusted_for_the_echo_of_the_one_before()
    {
        Scene scene = Editor("");
        scene.Answer("\e[7;1H\e[7m^G\e[0m Help\e[HName ______\r\nWord ______\e[1;6H");
        Press(scene, "a", "a");
        Press(scene, "\t", "\e[2;6H");
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_answers_Enter_otherwise_is_not_trusted_without_an_echo()
    {
        Scene scene = Nano();
        Press(scene, "a", "a");
        Press(scene, "\r", "\e[4;9H");
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_insert_stops_at_the_border_of_a_pane()
    {
        Scene scene = Scene.OfEngine();
        scene.Far = Alternate;
        scene.Answer("\e[1;20H│right\e[2;20H│\e[Htail\e[H");
        Press(scene, "a", "\e[Hatail\e[1;2H");
        scene.Type("b");
        Assert.Equal("abtail             │right", scene.Look().Split('\n')[0]);
    }

    [Fact]
    public void A_pager_scrolls_at_once_when_the_key_is_known()
    {
        Scene scene = Scene.OfEngine();
        scene.Far = Alternate;
        Page(scene, 0);
        scene.Look();
        for (int top = 1; top <= 2; top++)
        {
            scene.Type("j");
            Page(scene, top);
            scene.Look();
        }

        scene.Type("j");
        Assert.StartsWith("line 3\nline 4\nline 5", scene.Look(), StringComparison.Ordinal);
        scene.Type("j");
        Assert.StartsWith("line 4\nline 5\nline 6", scene.Look(), StringComparison.Ordinal);
        Page(scene, 4);
        Assert.StartsWith("line 4\nline 5\nline 6", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_left_a_pagers_screen_come_back_at_once()
    {
        Scene scene = Scene.OfEngine();
        scene.Far = Alternate;
        Page(scene, 0);
        scene.Look();
        for (int top = 1; top <= 2; top++)
        {
            scene.Type("j");
            Page(scene, top);
            scene.Look();
        }

        scene.Type("k");
        Assert.StartsWith("line 1\nline 2\nline 3", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void At_its_end_a_pager_is_not_shown_moved_a_second_time()
    {
        Scene scene = Scene.OfEngine();
        scene.Far = Alternate;
        Page(scene, 0);
        scene.Look();
        for (int top = 1; top <= 3; top++)
        {
            scene.Type("j");
            Page(scene, top);
            scene.Look();
        }

        scene.Type("j");
        Page(scene, 3);
        scene.Look();
        scene.Type("j");
        Assert.StartsWith("line 3\n", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_of_a_list_moves_at_once_when_it_was_seen_to_move()
    {
        Scene scene = Scene.OfEngine();
        scene.Far = Alternate;
        List(scene, 0);
        scene.Look();
        scene.Type("\e[B");
        List(scene, 1);
        scene.Look();
        scene.Type("\e[B");
        scene.Look();
        Assert.Equal([false, false, true, false], Enumerable.Range(0, 4).Select(y => IsInverse(scene, y)));
        List(scene, 2);
        scene.Look();
        Assert.Equal([false, false, true, false], Enumerable.Range(0, 4).Select(y => IsInverse(scene, y)));
    }

    [Fact]
    public void A_ruler_in_vims_form_follows_the_guessed_cursor()
    {
        Scene scene = ViInNormalMode();
        scene.Answer("\e[8;30H1,1\e[H");
        scene.Look();
        scene.Type("w");
        Assert.EndsWith("1,5", scene.Look(), StringComparison.Ordinal);
        scene.Type("j");
        Assert.EndsWith("2,5", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_goes_to_the_match_that_is_on_the_screen()
    {
        Scene scene = ViInNormalMode();
        foreach (char c in "/four\r")
        {
            scene.Type(c.ToString());
        }

        scene.Look();
        Assert.Equal((1, 6), scene.Cursor);
    }

    [Fact]
    public void The_second_key_of_an_operator_is_no_motion()
    {
        Scene scene = ViInNormalMode();
        scene.Type("d");
        scene.Type("w");
        scene.Look();
        Assert.Equal((0, 0), scene.Cursor);
    }

    [Fact]
    public void Escape_may_take_effect_a_little_after_its_acknowledgement()
    {
        Scene scene = ViInNormalMode();
        Press(scene, "A", "\e[8;1H-- INSERT --\e[1;8H");
        scene.Type("\e");
        scene.Look();
        Assert.Equal((0, 6), scene.Cursor);
        scene.Answer("");
        scene.Look();
        Assert.Equal((0, 6), scene.Cursor);
        scene.Wait(150);
        scene.Look();
        Assert.Equal((0, 7), scene.Cursor);
    }

    [Fact]
    public void Keys_in_a_pager_and_a_vi_allocate_nothing_in_steady_state()
    {
        Scene pager = Scene.OfEngine(width: 80, height: 24);
        pager.Far = Alternate;
        Page(pager, 0, 23);
        Screen first = pager.Remote.Screen.Snapshot();
        Page(pager, 1, 23);
        Screen second = pager.Remote.Screen.Snapshot();
        Turn(pager.Engine, first, second, 0, 400);
        Allocation.AssertNone(() => Turn(pager.Engine, first, second, 400, 400));
    }

    private static void Turn(IPredictor engine, Screen first, Screen second, int from, int count)
    {
        engine.SetFarTerminal(Alternate);
        for (int i = from; i < from + count; i++)
        {
            engine.SetFrames((ulong)(100 + i), 0, (ulong)(98 + i), (ulong)i);
            Screen remote = i % 2 == 0 ? first : second;
            engine.NewUserInput(i * 1000, i % 2 == 0 ? "j"u8 : "k"u8, remote);
            Screen frame = remote.Snapshot();
            engine.Overlay(i * 1000, frame);
            frame.Release();
        }
    }

    [Fact]
    public void Without_word_of_the_server_a_picture_replaced_at_once_tells_a_full_screen_program()
    {
        FullScreenSense sense = new();
        Emulator remote = new(40, 8, new EmulatorOptions());
        remote.Write("$ ls\r\na b c\r\n$ vim f"u8);
        sense.See(remote.Screen);
        Assert.False(sense.IsFullScreen);
        remote.Write("\e[?1049h\e[2J\e[Htext\r\n~\r\n~\r\n~\r\n~\r\n~\r\n~\r\n\"f\" 1L, 5B\e[H"u8);
        sense.See(remote.Screen);
        Assert.True(sense.IsFullScreen);
        remote.Write("\e[?1049l\r\n$ "u8);
        sense.See(remote.Screen);
        Assert.False(sense.IsFullScreen);
    }

    private static Scene Editor(string text)
    {
        Scene scene = Scene.OfEngine();
        scene.Far = Alternate;
        scene.Answer(Clear + text);
        scene.Look();
        return scene;
    }

    private static Scene ViInNormalMode()
    {
        Scene scene = Editor("one two\r\nthree four\r\n~\r\n~\r\n~\r\n~\r\n~");
        scene.Answer("\e[H");
        Press(scene, "i", "\e[8;1H-- INSERT --\e[H");
        Press(scene, "a", "\e[Haone two\e[1;2H");
        Press(scene, "\x7f", "\e[Hone two \e[1;1H");
        Press(scene, "\e", "\e[8;1H\e[K\e[H");
        return scene;
    }

    private static Scene Nano()
    {
        Scene scene = Editor("");
        scene.Answer("\e[7;1H\e[7m^G\e[0m Help\e[H");
        return scene;
    }

    private static void Press(Scene scene, string key, string answer)
    {
        scene.Type(key);
        scene.Answer(answer);
        scene.Look();
    }

    private static void Page(Scene scene, int top, int rows = 7) =>
        scene.Answer(Clear + string.Concat(Enumerable.Range(top, rows).Select(i => $"line {i}\r\n")) + ":");

    private static void List(Scene scene, int bar) =>
        scene.Answer("\e[?25l\e[H" + string.Concat(Enumerable.Range(0, 4).Select(i => $"{(i == bar ? "\e[7m" : "")}letter {i}\e[0m\r\n")) + "\e[8;1H");

    private static bool IsInverse(Scene scene, int row) =>
        (scene.Frame.Tables.Styles[scene.Frame.CellsAt(row)[0].Style].Attributes & StyleAttributes.Inverse) != 0;
}
