using Roam.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>Nothing typed where nothing is echoed is ever drawn, not one character, not for one round trip.</summary>
public sealed class SecretTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("sudo id", "[sudo] password for anna: ")]
    [InlineData("ssh far", "anna@far's password: ")]
    [InlineData("read -s", "")]
    [InlineData("read -sp '$ '", "$ ")]
    [InlineData("passwd", "Current password: ")]
    [InlineData("./ask", "$ ")]
    [InlineData("./ask", "Name: ")]
    [InlineData("gpg -c f", "Enter passphrase: ")]
    public void A_secret_is_not_shown_after_an_echoing_line(string command, string question)
    {
        Scene scene = Scene.AtKnownPrompt();
        TypeLine(scene, command, "\e[?2004l\r\n" + question);
        AssertHidden(scene);
    }

    [Fact]
    public void A_secret_typed_before_its_question_came_is_not_shown()
    {
        Scene scene = Scene.AtKnownPrompt();
        TypeLine(scene, "sudo id", null);
        foreach (char c in Secret)
        {
            scene.Type(c.ToString());
            AssertShowsNone(scene);
        }

        scene.AnswerTo(3, "\r\n[sudo] password for anna: ");
        AssertShowsNone(scene);
        scene.Answer("");
        AssertShowsNone(scene);
    }

    [Fact]
    public void The_kernel_echoes_what_is_typed_ahead_and_still_the_rest_stays_hidden()
    {
        Scene scene = Scene.AtKnownPrompt();
        TypeLine(scene, "sudo id", null);
        scene.Type("h");
        scene.AnswerTo(0, "\r\nh");
        scene.Look();
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
        scene.Answer("\r\n[sudo] password for anna: ");
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_reads_a_secret_is_believed_whatever_was_confirmed()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("a");
        scene.Answer("a");
        Assert.EndsWith("$ a", scene.Look(), StringComparison.Ordinal);
        scene.Far = new FarTerminal(IsKnown: true, IsCanonical: true, Echoes: false, IsAlternateScreen: false);
        scene.Answer("");
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_typed_while_a_secret_was_read_is_not_shown_when_it_is_over()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Far = new FarTerminal(IsKnown: true, IsCanonical: true, Echoes: false, IsAlternateScreen: false);
        scene.Answer("");
        scene.Look();
        scene.Type("Q");
        scene.Far = new FarTerminal(IsKnown: true, IsCanonical: false, Echoes: false, IsAlternateScreen: false);
        scene.AnswerTo(1, "\r\n$ ");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
        scene.Answer("");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_the_kernel_echoes_is_shown_from_its_first_key_once_one_was()
    {
        Scene scene = Scene.OfEngine();
        scene.Far = new FarTerminal(IsKnown: true, IsCanonical: true, Echoes: true, IsAlternateScreen: false);
        scene.Answer("");
        scene.Type("a");
        scene.Answer("a");
        scene.Look();
        scene.Type("\r");
        scene.Answer("\r\na\r\n");
        scene.Look();
        scene.Type("b");
        Assert.Equal("a\na\nb", scene.Look());
    }

    [Fact]
    public void The_late_echo_of_the_command_itself_does_not_lift_the_caution()
    {
        Scene scene = Scene.AtKnownPrompt();
        scene.Type("sudo i");
        scene.Type("d");
        scene.Type("\r");
        scene.AnswerTo(2, "sudo i");
        scene.Look();
        scene.AnswerTo(1, "d");
        scene.Look();
        scene.Answer("\e[?2004l\r\n>>> ");
        scene.Look();
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_risky_command_an_open_question_is_echoed_where_the_server_says_so()
    {
        Scene scene = Scene.AtKnownPrompt();
        TypeLine(scene, "passwd -x", null);
        scene.Far = new FarTerminal(IsKnown: true, IsCanonical: true, Echoes: true, IsAlternateScreen: false);
        scene.Answer("\e[?2004l\r\nNew shell: ");
        scene.Look();
        scene.Type("z");
        scene.Answer("z");
        scene.Look();
        scene.Type("s");
        Assert.EndsWith("New shell: zs", scene.Look(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h\x7fQ")]
    [InlineData(" \x7fQ")]
    [InlineData("ab\x7f\x7f\x7fQ")]
    public void Backspaces_in_a_secret_prove_no_echo(string keys)
    {
        Scene scene = Scene.AtKnownPrompt();
        TypeLine(scene, "./ask", "\e[?2004l\r\nName: ");
        foreach (char c in keys)
        {
            scene.Type(c.ToString());
            Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
        }

        scene.AnswerTo(1, "");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
        scene.Type("Q");
        scene.Answer("");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
        scene.Type("Q");
        Assert.DoesNotContain("Q", scene.Look(), StringComparison.Ordinal);
    }

    private static void TypeLine(Scene scene, string line, string? answer)
    {
        foreach (char c in line)
        {
            scene.Type(c.ToString());
            scene.Answer(c.ToString());
            scene.Look();
        }

        scene.Type("\r");
        scene.Look();
        if (answer is not null)
        {
            scene.Answer(answer);
            scene.Look();
        }
    }

    private static void AssertHidden(Scene scene)
    {
        foreach (char c in Secret)
        {
            scene.Type(c.ToString());
            AssertShowsNone(scene);
            scene.Answer("");
            AssertShowsNone(scene);
        }
    }

    private static void AssertShowsNone(Scene scene)
    {
        string shown = scene.Look().Split('\n')[scene.Cursor.Row < scene.Look().Split('\n').Length ? scene.Cursor.Row : ^1];
        Assert.DoesNotContain(Secret[..1], shown.Replace("passphrase", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("unter", scene.Look(), StringComparison.Ordinal);
    }
}
