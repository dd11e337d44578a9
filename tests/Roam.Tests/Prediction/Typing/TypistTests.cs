using Roam.Lab;

namespace Roam.Tests.Prediction.Typing;

/// <summary>Workload scripts, and the person who plays them.</summary>
public sealed class TypistTests
{
    private const string Script = """
        # A remark
        program cat -u
        needs cat sh
        env PS1="$ "
        file a/b.txt "one\n"
        file c.txt
        |two
        |three
        as text
        wait "ready"
        type "ab c\r"
        press Up ^C M-b
        think 1000
        as command
        commit "\u{65e5}\u{672c}"
        secret "p w\r"
        settle 300
        end
        """;

    [Fact]
    public void A_script_says_what_runs_and_what_is_typed()
    {
        TypingWorkload workload = WorkloadParser.Parse("test", Script);
        Assert.Equal(["cat", "-u"], workload.Program);
        Assert.Equal(["PS1=$ "], workload.Environment);
        Assert.Equal([("a/b.txt", "one\n"), ("c.txt", "two\nthree\n")], workload.Files);
        Keystroke[] keys = [.. workload.Steps.SelectMany(s => s.Keys)];
        Assert.Equal(["a", "b", " ", "c", "Enter", "Up", "^C", "M-b", "日本", "p", " ", "w", "Enter"], keys.Select(k => k.Name));
        Assert.Equal([.. "\e[A"u8], keys[5].BytesFor(applicationCursorKeys: false));
        Assert.Equal([.. "\eOA"u8], keys[5].BytesFor(applicationCursorKeys: true));
        Assert.Equal([3], keys[6].Bytes);
        Assert.Equal([.. "\eb"u8], keys[7].Bytes);
        Assert.Equal([9, 10, 11], Enumerable.Range(0, keys.Length).Where(i => keys[i].IsSecret));
        Assert.Equal(TypingGroup.Command, keys[8].Group);
    }

    [Theory]
    [InlineData("type \"a\"", "names no program")]
    [InlineData("program x\npress Foo", "line 2")]
    [InlineData("program x\ntype \"a", "line 2")]
    [InlineData("program x\ndance", "line 2")]
    public void A_broken_script_is_an_error_that_names_the_line(string text, string message)
    {
        Assert.Contains(message, Assert.Throws<FormatException>(() => WorkloadParser.Parse("test", text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_workloads_of_the_laboratory_can_be_read()
    {
        Assert.All(TypingWorkload.All().Concat(TypingWorkload.In(TypingSet.HeldOut.Workloads)), w => Assert.InRange(w.KeyCount, 40, 350));
    }

    [Fact]
    public void Nothing_is_typed_before_the_screen_shows_what_is_waited_for()
    {
        Desk desk = new(Script);
        desk.PlayUntil(5_000_000);
        Assert.Empty(desk.Typed);
        desk.Text = "ready";
        desk.PlayUntil(30_000_000);
        Assert.InRange(desk.Typed[0].Micros, 5_300_000, 5_710_000);
        desk.HasEnded = true;
        desk.PlayUntil(31_000_000);
        Assert.True(desk.Typist.IsDone);
        Assert.Null(desk.Typist.Failure);
        Assert.Equal(13, desk.Typed.Count);
    }

    [Fact]
    public void A_wait_without_end_is_a_failure_that_names_the_line()
    {
        Desk desk = new(Script);
        desk.PlayUntil(25_000_000);
        Assert.Contains("line 10: wait \"ready\": it took too long", desk.Typist.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_types_at_the_same_times_and_a_hurried_person_faster()
    {
        long[] first = Times(seed: 1);
        Assert.Equal(first, Times(seed: 1));
        Assert.NotEqual(first, Times(seed: 2));
        Assert.InRange(Times(seed: 1, hurry: 0.5)[^1], first[^1] * 45 / 100, first[^1] * 55 / 100);
    }

    [Fact]
    public void Letters_within_a_word_come_at_a_persons_pace()
    {
        long[] times = Times(1, text: new string([.. Enumerable.Range(0, 2000).Select(i => (char)('a' + (i % 26)))]));
        long[] gaps = [.. times.Zip(times.Skip(1), (a, b) => b - a).Order()];
        Assert.InRange(gaps[gaps.Length / 2], 130_000, 180_000);
        Assert.InRange(gaps[0], 35_000, 70_000);
        Assert.InRange(gaps.Count(g => g < 91_000), gaps.Length / 10, gaps.Length / 3);
    }

    private static long[] Times(ulong seed, double hurry = 1, string text = "the quick brown fox jumps over the lazy dog and goes on and on and on")
    {
        Desk desk = new($"program x\ntype \"{text}\"", seed, hurry);
        desk.PlayUntil(long.MaxValue);
        return [.. desk.Typed.Select(t => t.Micros)];
    }
}
