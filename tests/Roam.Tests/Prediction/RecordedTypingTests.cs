using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>All recorded typing sessions through two whole sessions and a link with a round trip of 200 ms, with the predictor as it is.</summary>
public sealed class RecordedTypingTests
{
    private static readonly Lazy<PredictResult[]> Own = new(() => PredictSimVerb.RunAll(RecordedTyping.In(TypingSet.Own.Recordings, []), [true, false]));
    private static readonly Lazy<PredictResult[]> HeldOut = new(() => PredictSimVerb.RunAll(RecordedTyping.In(TypingSet.HeldOut.Recordings, []), [true, false]));

    [Theory]
    [InlineData("own")]
    [InlineData("held-out")]
    public void What_is_shown_and_what_is_wrong_is_as_recorded(string set)
    {
        PredictRecord record = PredictRecord.Load(TypingSet.Find(set)!);
        PredictResult[] changed = [.. ResultsOf(set).Where(r => record.Find(r) != r.Score)];
        Assert.True(
            changed.Length == 0,
            $"{changed.Length} recordings differ. When that was meant: Roam.Lab predict sim --set {set} --record, and say in the commit what it bought.\n{new PredictTable(record).Text(changed)}");
    }

    [Theory]
    [InlineData("own")]
    [InlineData("held-out")]
    public void No_character_of_a_secret_is_ever_shown(string set)
    {
        AssertNothingLeaked(ResultsOf(set));
        Assert.InRange(ResultsOf(set).Sum(r => r.Verdicts.Count(v => v.Key.IsSecret)), 200, 10_000);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(450)]
    public void Nor_with_another_round_trip(int roundTripMillis)
    {
        RecordedTyping[] secrets = [.. Secrets()];
        PredictResult[] results = PredictSimVerb.RunAll(secrets, [true, false], PredictionMode.Adaptive, roundTripMillis);
        AssertNothingLeaked(results);
    }

    [Theory]
    [InlineData(0.3, 200)]
    [InlineData(0.4, 200)]
    [InlineData(0.5, 200)]
    [InlineData(0.5, 300)]
    [InlineData(0.7, 100)]
    [InlineData(0.6, 600)]
    [InlineData(1.5, 200)]
    public void Nor_with_another_pace(double factor, int roundTripMillis)
    {
        RecordedTyping[] secrets = [.. Secrets().Select(t => t.Hurried(factor))];
        PredictResult[] results = PredictSimVerb.RunAll(secrets, [true, false], PredictionMode.Adaptive, roundTripMillis);
        AssertNothingLeaked(results);
    }

    [Fact]
    public void A_person_in_a_hurry_types_sooner_and_never_before_what_was_waited_for()
    {
        RecordedTyping typing = RecordedTyping.From("test", new Recording(new RecordingHeader { Width = 80, Height = 24 },
        [
            RecordingEvent.OfText(1_000, RecordingEventKind.Output, "$ "),
            RecordingEvent.OfText(600_000, RecordingEventKind.Input, "a"),
            RecordingEvent.OfText(601_000, RecordingEventKind.Output, "a"),
            RecordingEvent.OfText(800_000, RecordingEventKind.Input, "\r"),
            RecordingEvent.OfText(1_700_000, RecordingEventKind.Output, "$ "),
            RecordingEvent.OfText(1_800_000, RecordingEventKind.Input, "b"),
            RecordingEvent.OfText(1_803_000, RecordingEventKind.Output, "b"),
        ])).Hurried(0.5);
        Assert.Equal([300_000, 400_000, 1_300_001], typing.Keys.Select(k => k.Micros));
        Assert.Equal([1_000, 301_000, 1_300_000, 1_303_001], typing.Answers.Select(a => a.Micros));
        Assert.Equal(1_303_001, typing.EndMicros);
    }

    [Fact]
    public void The_judge_sees_a_predictor_that_leaks()
    {
        // "experimental" draws guesses that nothing has confirmed, and says so.
        RecordedTyping secret = Assert.Single(RecordedTyping.In(TypingSet.Own.Recordings, ["read-secret"]));
        Assert.InRange(PredictRun.Run(secret, PredictionMode.Experimental, announces: false).Score.Total.Leaked, 5, 100);
    }

    [Fact]
    public void Without_prediction_nothing_is_shown_and_nothing_is_wrong()
    {
        RecordedTyping bash = Assert.Single(RecordedTyping.In(TypingSet.Own.Recordings, ["bash"]));
        GroupScore score = PredictRun.Run(bash, PredictionMode.Never).Score.Total;
        Assert.Equal(bash.Keys.Count, score.Keys);
        Assert.InRange(score.Visible, score.Keys * 9 / 10, score.Keys);
        Assert.InRange(score.ShownPercent, 0, 2);
        Assert.Equal((0, 0), (score.WrongCells, score.WrongCursors));
    }

    [Fact]
    public void Every_workload_has_its_recording()
    {
        Assert.Equal(TypingWorkload.All().Select(w => w.Name), RecordedTyping.In(TypingSet.Own.Recordings, []).Select(t => t.Name));
        Assert.Equal(TypingWorkload.In(TypingSet.HeldOut.Workloads).Select(w => w.Name), RecordedTyping.In(TypingSet.HeldOut.Recordings, []).Select(t => t.Name));
    }

    [Fact]
    public void A_recording_does_again_what_it_did_the_recorded_time_after_each_key()
    {
        RecordedTyping typing = RecordedTyping.From("test", new Recording(new RecordingHeader { Width = 80, Height = 24 },
        [
            RecordingEvent.OfText(1_000, RecordingEventKind.Output, "$ "),
            RecordingEvent.OfText(500_000, RecordingEventKind.Marker, TypingMarks.Command),
            RecordingEvent.OfText(500_000, RecordingEventKind.Input, "\e[A"),
            RecordingEvent.OfText(504_000, RecordingEventKind.Output, "up"),
            RecordingEvent.OfText(900_000, RecordingEventKind.Input, "x"),
            RecordingEvent.OfText(902_000, RecordingEventKind.Output, "x"),
            RecordingEvent.OfText(903_000, RecordingEventKind.Marker, TypingMarks.OfLine(canonical: true, echo: false)),
        ]));
        RecordedProgram program = new(new SimRandom(1), typing);
        program.Start(0, 80, 24);
        Assert.Equal("$ "u8, Output(program, 1_000));

        // The keys come late and close together, the first in the other form and with an answer of the emulator before it.
        program.Input(700_000, "\e[?62;22c\eOA"u8);
        program.Input(701_000, "x"u8);
        Assert.Equal(""u8, Output(program, 703_999));
        Assert.Equal("up"u8, Output(program, 704_000));
        Assert.Equal("x"u8, Output(program, 704_000));
        Assert.Equal(FarTerminal.Unknown, program.FarTerminalAt(703_999));
        Assert.True(program.FarTerminalAt(704_000).ReadsSecret);
        Assert.Equal(2, program.KeysTaken);
        Assert.Equal("Up", typing.Keys[0].Key.Name);
        Assert.Equal(TypingGroup.Command, typing.Keys[0].Key.Group);
        Assert.Throws<InvariantViolation>(() => program.Input(800_000, "y"u8));
    }

    [Theory]
    [InlineData("\e[?1;2c", 7)]
    [InlineData("\e[12;40R", 8)]
    [InlineData("\e[?2026;2$y", 11)]
    [InlineData("\eP1$r0m\e\\", 9)]
    [InlineData("\e]11;rgb:0/0/0\a", 15)]
    [InlineData("\e[A", 0)]
    [InlineData("\e[3~", 0)]
    [InlineData("\eOP", 0)]
    [InlineData("\eb", 0)]
    [InlineData("\e", 0)]
    [InlineData("abc", 0)]
    public void A_terminals_answer_is_told_from_a_key(string input, int length)
    {
        Assert.Equal(length, EmulatorReply.LengthOf(System.Text.Encoding.UTF8.GetBytes(input)));
    }

    private static void AssertNothingLeaked(IEnumerable<PredictResult> results) =>
        Assert.All(results, r => Assert.Equal((r.Name, r.Server, 0), (r.Name, r.Server, r.Score.Total.Leaked)));

    private static PredictResult[] ResultsOf(string set) => (set == TypingSet.Own.Name ? Own : HeldOut).Value;

    private static IEnumerable<RecordedTyping> Secrets() =>
        RecordedTyping.In(TypingSet.Own.Recordings, []).Concat(RecordedTyping.In(TypingSet.HeldOut.Recordings, [])).Where(t => t.Keys.Any(k => k.Key.IsSecret));

    private static ReadOnlySpan<byte> Output(RecordedProgram program, long nowMicros) => program.TryTakeOutput(nowMicros, out byte[] bytes) ? bytes : [];
}
