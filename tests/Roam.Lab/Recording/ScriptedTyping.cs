using Roam.Host;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Drives a program by a key script. Every step waits for an event, not for a time, and no longer than its limit.</summary>
internal sealed unsafe class ScriptedTyping(ProgramRecorder program, Instant deadline)
{
    private const int StepMillisMax = 20_000;

    /// <summary>Null: all steps were done. Else which one was not, and why.</summary>
    public string? Run(IReadOnlyList<KeyStep> steps)
    {
        foreach (KeyStep step in steps)
        {
            if (!Do(step))
            {
                string text = step.Text.Length == 0 ? "" : $" \"{step.Text}\"";
                return $"line {step.Line}: {step.Kind.ToString().ToLowerInvariant()}{text}: {(program.HasEnded ? "the program has ended" : "it took too long")}";
            }
        }

        return null;
    }

    private bool Do(in KeyStep step)
    {
        string text = step.Text;
        int millis = step.Millis;
        switch (step.Kind)
        {
            case KeyStepKind.Keys:
                program.Send(AsCursorKeys(step.Bytes, program.Emulator.ApplicationCursorKeys));
                return true;
            case KeyStepKind.Wait:
                return PumpUntil(() => Shows(text));
            case KeyStepKind.Gone:
                return PumpUntil(() => !Shows(text));
            case KeyStepKind.Settle:
                Instant start = SystemClock.Now;
                return PumpUntil(() => SystemClock.Now >= Instant.Max(start, program.LastOutput).PlusMillis(millis));
            case KeyStepKind.Resize:
                (int width, int height) = RecordingEvent.ParseSize(text)!.Value;
                program.Resize(width, height);
                return true;
            case KeyStepKind.Mark:
                program.Mark(text);
                return true;
            default:
                return PumpUntil(() => program.HasEnded);
        }
    }

    private bool PumpUntil(Func<bool> reached)
    {
        Instant until = Instant.Min(deadline, SystemClock.Now.PlusMillis(StepMillisMax));
        while (!reached())
        {
            Instant now = SystemClock.Now;
            if (now >= until || program.HasEnded)
            {
                return reached();
            }

            Libc.PollFd fd = new() { Fd = program.Fd, Events = program.Events };
            LoopWait.Poll(&fd, 1, Instant.Min(until, now.PlusMillis(20)));
            program.Pump();
        }

        return true;
    }

    private bool Shows(string text)
    {
        Screen screen = program.Emulator.Screen;
        return Enumerable.Range(0, screen.Height).Any(y => ScreenText.Row(screen, y).Contains(text, StringComparison.Ordinal));
    }

    /// <summary>What a keyboard sends: ESC [ A for a cursor key (also Home and End), ESC O A when the program has asked for that (DECCKM).</summary>
    private static byte[] AsCursorKeys(byte[] keys, bool application)
    {
        byte[] sent = [.. keys];
        for (int i = 2; application && i < sent.Length; i++)
        {
            if (sent[i - 2] == 0x1B && sent[i - 1] == '[' && sent[i] is >= (byte)'A' and <= (byte)'H')
            {
                sent[i - 1] = (byte)'O';
            }
        }

        return sent;
    }
}
