using System.Globalization;
using System.Text.RegularExpressions;
using Roam.Lab;
using Roam.Session;

namespace Roam.Tests.Simulation;

/// <summary>One session with a user's terminal, a program that prints numbered lines, and an orderly end. All invariants of the simulator watch it.</summary>
internal sealed partial class HistoryStory : IDisposable
{
    private HistoryStory(SimOptions options)
    {
        World = new SimWorld(options);
        World.Start();
        Assert.True(RunUntil(() => World.Client.Frame is not null && World.Client.Session.EverHeard, 5000));
        World.RunForMillis(500);
    }

    public SimWorld World { get; }

    public ClientSession Client => World.Client.Session;

    public ServerSession Server => World.Server.Session;

    public NumberedLines Program => (NumberedLines)World.Server.Program;

    /// <summary>All that the server has to give is committed.</summary>
    public bool IsComplete => Client.History.Next == Server.History!.Next;

    public static HistoryStory Of(int lines, Func<SimOptions, SimOptions>? change = null, int wordsMax = 70, int pieceLines = 50) =>
        Of(random => new NumberedLines(random, lines) { WordsMax = wordsMax, PieceLines = pieceLines }, change);

    public static HistoryStory Of(Func<SimRandom, SimProgram> program, Func<SimOptions, SimOptions>? change = null)
    {
        SimOptions options = SimOptions.Scripted() with { OwnProgram = program, Paints = true };
        return new HistoryStory(change is null ? options : change(options));
    }

    /// <summary>Both directions, with the rate in kilobits a second (0 = none) and half the round trip each.</summary>
    public static LinkFaults Path(int roundTripMillis, int kilobits) =>
        (LinkFaults.Healthy with { DelayMicros = roundTripMillis * 500L }).WithRate(kilobits, 64 * 1024);

    public void Type(byte key) => World.Client.Type(World, [key]);

    public bool RunUntil(Func<bool> condition, long millis) => World.RunUntil(condition, World.NowMicros + (millis * 1000));

    /// <summary>Ends the session as when the shell exits; returns the rows that the user finds then, without those from before.</summary>
    public List<ShownRow> End()
    {
        Server.Shutdown(World.Server.Clock.Local(World.NowMicros));
        World.Server.Turn(World);
        Assert.True(RunUntil(() => World.Client.IsFinished && World.Server.IsFinished, 10_000), "no end");
        World.Client.ClosePicture(World);
        World.Check(SimPhase.Ending);
        return EmulatorTerminal.RowsOf(World.Client.Terminal!.Emulator)[PaintedTerminal.EarlierRows..];
    }

    /// <summary>The numbers of the lines in these rows, in order; a named gap is a negative number.</summary>
    public static List<int> NumbersIn(List<ShownRow> rows)
    {
        List<int> numbers = [];
        foreach (Match match in Marks().Matches(string.Join('\n', rows.Select(r => r.Text))))
        {
            numbers.Add(match.Groups[1].Success ? Number(match.Groups[1]) : -Number(match.Groups[2]));
        }

        return numbers;
    }

    public static IEnumerable<int> UpTo(int lines) => Enumerable.Range(0, lines);

    public void Dispose() => World.Dispose();

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<([0-9]+)>|\[\.\.\. ([0-9]+) lines? not kept \.\.\.\]")]
    private static partial Regex Marks();
}
