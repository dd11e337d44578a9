using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Queries;

/// <summary>The terminal's answers come mixed with what the user types: the answers are taken out, every key arrives, in order and at once.</summary>
public sealed class TerminalAnswersTests
{
    private const long Millis = 1000;

    private const string Burst =
        "\x1b[?2026;2$y\x1b[?2027;0$y\x1b[?2031;2$y\x1bP>|XTerm(390)\x1b\\\x1b[?0u\x1b]10;rgb:ffff/8080/0000\x1b\\\x1b]11;rgb:00/10/ff\a\x1b[6;18;9t\x1b[?64;1;22c";

    /// <summary>What answers are made of.</summary>
    private const string Odd = "\x1b[]P?>|;160$yut~20\aab\\";

    private static readonly string[] Keys =
        ["a", "\r", "\x1b", "\x1b[A", "\x1bOA", "\x1b[6~", "\x1b[6;5~", "\x1bP", "\x1b]", "\x1b[", "\x1b[1;5C", "é", "\x1b\x1b[B", "\x1b[<0;10;10M", "\x1b[I", "\x1b[M !!", "\x1b[13;5u", "\x1b]1"];

    [Fact]
    public void Everything_that_the_terminal_says_is_kept_and_nothing_of_it_is_typed()
    {
        Scene scene = new();
        scene.Input("x" + Burst + "y");
        Assert.Equal("xy", scene.Typed);
        TerminalFacts facts = scene.Answers.Facts;
        Assert.Equal(
            new TerminalFacts
            {
                IsComplete = true,
                Name = "XTerm(390)",
                DeviceAttributes = "64;1;22",
                SynchronizedOutput = true,
                GraphemeClusters = false,
                ColorSchemeReports = true,
                KeyboardFlags = 0,
                Foreground = Color.Rgb(255, 128, 0),
                Background = Color.Rgb(0, 16, 255),
                CellWidth = 9,
                CellHeight = 18,
            },
            facts);
        Assert.False(scene.Answers.IsAwaited(0));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void Only_an_update_mode_that_can_be_set_and_reset_counts(int state, bool has)
    {
        Scene scene = new();
        scene.Input($"\x1b[?2026;{state}$y");
        Assert.Equal(has, scene.Answers.Facts.SynchronizedOutput);
        Assert.Equal(has, TerminalCapabilities.Default.With(scene.Answers.Facts).SynchronizedOutput);
    }

    /// <summary>Keys between the answers, everything cut anywhere, time passing at the cuts: what is typed is what the user typed.</summary>
    [Fact]
    public void Keys_among_the_answers_arrive_whole_and_in_order_wherever_the_input_is_cut()
    {
        string[] answers = Burst.Split('\x1b').Aggregate(new List<string>(), (list, part) =>
        {
            // ST is part of the string before it.
            if (part.StartsWith('\\'))
            {
                list[^1] += "\x1b" + part;
            }
            else if (part.Length > 0)
            {
                list.Add("\x1b" + part);
            }

            return list;
        }).ToArray();
        for (int seed = 0; seed < 2000; seed++)
        {
            Random random = new(seed);
            StringBuilder typed = new();
            Scene scene = new();
            foreach (string answer in answers)
            {
                for (int n = random.Next(3); n > 0; n--)
                {
                    // A key comes in one piece, or after a pause: a terminal does not put its answer into the middle of one.
                    string key = Keys[random.Next(Keys.Length)];
                    typed.Append(key);
                    scene.Input(key);
                    scene.Pass(TerminalAnswers.KeyHoldMillis);
                }

                int cut = random.Next(answer.Length);
                scene.Input(answer[..cut]);
                scene.Pass(random.Next(TerminalAnswers.KeyHoldMillis));
                scene.Input(answer[cut..]);
            }

            scene.Pass(TerminalAnswers.AnswerHoldMillis);
            Assert.Equal(typed.ToString(), scene.Typed);
            Assert.True(scene.Answers.Facts.IsComplete);
        }
    }

    [Fact]
    public void Escape_alone_waits_ten_milliseconds_at_most_and_other_keys_not_at_all()
    {
        Scene scene = new();
        scene.Input("a\x1b[A\x1b[6;5~");
        Assert.Equal("a\x1b[A\x1b[6;5~", scene.Typed);
        scene.Input("\x1b");
        Assert.True(scene.Answers.NextTimeout(out long due));
        Assert.Equal(scene.Now + (TerminalAnswers.KeyHoldMillis * Millis), due);
        Assert.DoesNotContain("~\x1b", scene.Typed, StringComparison.Ordinal);
        scene.Pass(TerminalAnswers.KeyHoldMillis);
        Assert.EndsWith("~\x1b", scene.Typed, StringComparison.Ordinal);
        Assert.False(scene.Answers.NextTimeout(out _));
    }

    [Fact]
    public void When_the_last_answer_has_come_nothing_is_held_any_more()
    {
        Scene scene = new();
        scene.Input(Burst);
        scene.Input("\x1b");
        Assert.Equal("\x1b", scene.Typed);
        scene.Input("[?64;1;22c");
        Assert.Equal("\x1b[?64;1;22c", scene.Typed);
    }

    [Fact]
    public void An_answer_behind_the_fence_is_taken_out_for_a_second()
    {
        Scene scene = new();
        scene.Input("\x1b[?62c");
        scene.Pass(TerminalAnswers.AfterFenceMillis - 1);
        scene.Input("\x1b]11;rgb:0/0/0\a");
        Assert.Equal("", scene.Typed);
        scene.Pass(1);
        scene.Input("\x1b]10;rgb:0/0/0\a");
        Assert.Equal("\x1b]10;rgb:0/0/0\a", scene.Typed);
    }

    [Fact]
    public void A_late_answer_is_still_taken_out_but_nobody_waits_for_it()
    {
        Scene scene = new();
        Assert.True(scene.Answers.IsAwaited(scene.Now));
        scene.Pass(TerminalAnswers.TimeoutMillis);
        Assert.False(scene.Answers.IsAwaited(scene.Now));
        scene.Pass(20_000);
        scene.Input("\x1b[?2026;2$y\x1b[?62c");
        Assert.Equal("", scene.Typed);
        Assert.True(scene.Answers.Facts.SynchronizedOutput);
    }

    [Fact]
    public void After_half_a_minute_everything_passes()
    {
        Scene scene = new();
        scene.Pass(TerminalAnswers.LateMillis);
        scene.Input("\x1b[?62c\x1b");
        Assert.Equal("\x1b[?62c\x1b", scene.Typed);
    }

    [Theory]
    [InlineData("\x1b[?62c")]
    [InlineData("\x1b]11;rgb:0/0/0\a")]
    [InlineData("\x1bP>|name\x1b\\")]
    public void A_paste_that_looks_like_an_answer_is_a_paste(string text)
    {
        Scene scene = new();
        string paste = $"\x1b[200~before{text}after\x1b[201~";
        foreach (char c in paste)
        {
            scene.Input($"{c}");
            scene.Pass(1);
        }

        scene.Pass(TerminalAnswers.KeyHoldMillis);
        Assert.Equal(paste, scene.Typed);
        scene.Input(text);
        Assert.Equal(paste, scene.Typed);
    }

    [Theory]
    [InlineData("\x1b[?2004;1$y")]
    [InlineData("\x1b[?1;2;3x")]
    [InlineData("\x1b[?62$c")]
    [InlineData("\x1b]12;rgb:0/0/0\a")]
    [InlineData("\x1b]10;rgb:0/0\r/0\a")]
    [InlineData("\x1b[6;1;2;3t")]
    [InlineData("\x1b[8;24;80t")]
    [InlineData("\x1bP>|na\x07me\x1b\\")]
    [InlineData("\x1bP1$r0m\x1b\\")]
    public void What_was_not_asked_for_passes(string text)
    {
        Scene scene = new();
        scene.Input(text);
        scene.Pass(TerminalAnswers.KeyHoldMillis);
        Assert.Equal(text, scene.Typed);
    }

    [Fact]
    public void The_same_answer_twice_is_something_else_the_second_time()
    {
        Scene scene = new();
        scene.Input("\x1b[?0u\x1b[?0u");
        Assert.Equal("\x1b[?0u", scene.Typed);
    }

    [Fact]
    public void An_answer_without_end_passes_when_it_is_too_long_or_too_late()
    {
        Scene scene = new();
        string endless = "\x1bP>|" + new string('x', 2 * TerminalAnswers.HeldBytesMax);
        scene.Input(endless);
        Assert.Equal(endless, scene.Typed);
        scene.Input("\x1b]11;rgb:");
        scene.Pass(TerminalAnswers.AnswerHoldMillis);
        Assert.Equal(endless + "\x1b]11;rgb:", scene.Typed);
    }

    /// <summary>Without an expected answer in them, bytes of any kind come out as they went in.</summary>
    [Fact]
    public void Nothing_is_lost_of_random_input()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            Scene scene = new();
            StringBuilder typed = new();
            for (int i = 0; i < 40; i++)
            {
                string piece = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Odd[random.Next(Odd.Length)]));
                typed.Append(piece);
                scene.Input(piece);
                scene.Pass(random.Next(15));
            }

            scene.Pass(TerminalAnswers.AnswerHoldMillis);
            if (scene.Answers.Facts == TerminalFacts.None)
            {
                Assert.Equal(typed.ToString(), scene.Typed);
            }
        }
    }

    [Fact]
    public void Filtering_allocates_nothing_when_there_is_no_answer()
    {
        TerminalAnswers answers = new();
        answers.Expect(0);
        byte[] input = Encoding.UTF8.GetBytes("text \x1b[A\x1b[6;5~\x1b[200~\x1b[?62c\x1b[201~");
        byte[] keys = new byte[input.Length + TerminalAnswers.HeldBytesMax];
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                answers.Filter(0, input, keys);
            }
        });
    }

    [Theory]
    [InlineData("xterm-256color", true)]
    [InlineData("tmux-256color", true)]
    [InlineData("screen", true)]
    [InlineData("linux", false)]
    [InlineData("vt220", false)]
    [InlineData("vt100", false)]
    [InlineData("ansi", false)]
    [InlineData("dumb", false)]
    public void Consoles_and_hardware_are_asked_nothing(string term, bool asked) =>
        Assert.Equal(asked, TerminalQueries.AreWelcome(term, Display.TerminfoEntries.Load(term)));

    [Fact]
    public void A_terminal_without_an_entry_is_asked_if_its_family_is_known()
    {
        Assert.True(TerminalQueries.AreWelcome("xterm-ghostty", []));
        Assert.False(TerminalQueries.AreWelcome("something", []));
        Assert.False(TerminalQueries.AreWelcome(null, []));
    }

    /// <summary>The server's own emulator gets the same burst when a session runs inside a session.</summary>
    [Fact]
    public void Our_own_emulator_answers_the_burst_and_shows_nothing_of_it()
    {
        ArrayBufferWriter<byte> burst = new();
        TerminalQueries.Write(burst, null);
        Emulator terminal = new(20, 3, new EmulatorOptions());
        terminal.Write(burst.WrittenSpan);
        Scene scene = new();
        scene.Input(Encoding.UTF8.GetString(terminal.Replies));
        Assert.Equal("", scene.Typed);
        Assert.True(scene.Answers.Facts.IsComplete);
        Assert.True(scene.Answers.Facts.SynchronizedOutput);
        Assert.NotNull(scene.Answers.Facts.Name);
        Assert.Equal("", terminal.Screen.RowText(0));
    }

    [Fact]
    public void A_terminal_that_tells_its_name_is_used_for_what_it_has()
    {
        TerminalCapabilities xterm = TerminalCapabilities.From(Display.TerminfoEntries.Load("xterm-256color"), "xterm-256color", null);
        Assert.False(xterm.Repeat || xterm.TrueColor || xterm.StyledUnderlines);
        TerminalCapabilities named = xterm.With(new TerminalFacts { Name = "XTerm(390)" });
        Assert.True(named.Repeat);
        Assert.False(named.TrueColor);
        TerminalCapabilities kitty = xterm.With(new TerminalFacts { Name = "kitty(0.40.0)" });
        Assert.True(kitty.TrueColor && kitty.StyledUnderlines && kitty.Repeat);
    }

    private sealed class Scene
    {
        private readonly StringBuilder _typed = new();
        private readonly byte[] _keys = new byte[16 * 1024];

        public Scene() => Answers.Expect(0);

        public TerminalAnswers Answers { get; } = new();

        public long Now { get; private set; }

        public string Typed => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_typed.ToString()));

        public void Input(string text) => Type(Answers.Filter(Now, Encoding.UTF8.GetBytes(text), _keys));

        public void Pass(long millis)
        {
            Now += millis * Millis;
            Type(Answers.Release(Now, _keys));
        }

        private void Type(int count) => _typed.Append(Encoding.Latin1.GetString(_keys, 0, count));
    }
}
