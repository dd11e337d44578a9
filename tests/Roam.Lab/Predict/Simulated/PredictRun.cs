using Roam.Session;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// One recording, typed at the recorded times into a client whose server runs the recorded program behind a link, and judged against the recorded output at its recorded times.
/// Two whole sessions in virtual time: the same options give the same verdicts.
/// </summary>
internal static class PredictRun
{
    public const int RoundTripMillisDefault = 200;

    private const long StartMicrosMax = 10_000_000;

    /// <summary>After the last key: its answer, and what a leak would need to show.</summary>
    private const long TailMicros = 3_000_000;

    public static PredictResult Run(RecordedTyping typing, PredictionMode mode = PredictionMode.Adaptive, bool announces = true, int roundTripMillis = RoundTripMillisDefault, ulong seed = 1)
    {
        RecordedProgram? program = null;
        SimOptions options = OptionsFor(typing, mode, announces, roundTripMillis, seed) with { OwnProgram = random => program = new RecordedProgram(random, typing) };
        using SimWorld world = new(options);
        world.Start();
        if (!world.RunUntil(() => program!.StartedMicros >= 0, StartMicrosMax))
        {
            throw new InvariantViolation("recorded typing", $"{typing.Name}: the session did not begin");
        }

        PredictionJudge judge = new(roundTripMillis * 1000L);
        world.FrameWatcher = frame => judge.Frame(world.NowMicros, frame);
        Schedule(world, program!.StartedMicros, typing, judge);
        world.RunUntil(() => false, program.StartedMicros + typing.EndMicros + TailMicros);
        return program.KeysTaken == typing.Keys.Count
            ? new PredictResult(typing.Name, announces, judge.Judge())
            : throw new InvariantViolation("recorded typing", $"{typing.Name}: only {program.KeysTaken} of {typing.Keys.Count} keys came");
    }

    private static void Schedule(SimWorld world, long startMicros, RecordedTyping typing, PredictionJudge judge)
    {
        ReferenceScreen reference = new(typing.Width, typing.Height, judge);
        int answer = 0;
        for (int key = -1; key < typing.Keys.Count; key++)
        {
            if (key >= 0)
            {
                (long micros, Keystroke typed) = typing.Keys[key];
                world.Queue.Add(startMicros + micros, SimEventKind.Step, step: () =>
                {
                    judge.Key(world.NowMicros, typed);
                    world.Client.Type(world, AtTheClient(typed));
                });
            }

            for (; answer < typing.Answers.Count && typing.Answers[answer].Key == key; answer++)
            {
                RecordedAnswer a = typing.Answers[answer];
                if (a.Output.Length != 0)
                {
                    world.Queue.Add(startMicros + a.Micros, SimEventKind.Step, step: () => reference.Write(world.NowMicros, a.Output));
                }
            }
        }
    }

    /// <summary>A client's own terminal always sends cursor keys in application form.</summary>
    private static byte[] AtTheClient(Keystroke key) => key.Bytes is [0x1B, (byte)'[', (>= (byte)'A' and <= (byte)'D') or (byte)'H' or (byte)'F'] ? key.BytesFor(true) : key.Bytes;

    private static SimOptions OptionsFor(RecordedTyping typing, PredictionMode mode, bool announces, int roundTripMillis, ulong seed)
    {
        LinkFaults path = LinkFaults.Healthy with { DelayMicros = roundTripMillis * 500L };
        return new SimOptions
        {
            Seed = seed,
            User = new UserPlan { ActionMillis = 0 },
            ChecksLittle = true,
            Up = path,
            Down = path,
            Client = new ClientSessionOptions { Width = typing.Width, Height = typing.Height, PredictionMode = mode },
            Server = new ServerSessionOptions { Width = typing.Width, Height = typing.Height, Announces = announces },
        };
    }
}
