using Roam.Host;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>`record FILE -- PROGRAM`: a real session as a file (<see cref="Recording"/>), by a key script or by the user's own keyboard.</summary>
internal static class RecordVerb
{
    private const int ScriptedLimitSeconds = 120;

    public static int Run(ReadOnlySpan<string> args)
    {
        if (RecordOptions.TryParse(args) is not { } options)
        {
            Console.Error.WriteLine(RecordOptions.Usage);
            return 2;
        }

        try
        {
            return options.KeyScript is null ? RunInteractive(options) : RunScripted(options, KeyScript.Parse(File.ReadAllText(options.KeyScript)), Console.Error);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or IOException)
        {
            Console.Error.WriteLine("record: " + e.Message);
            return 1;
        }
    }

    /// <summary>0: all steps were done. Else the screen as it was is shown, and the recording so far is kept.</summary>
    internal static int RunScripted(RecordOptions options, IReadOnlyList<KeyStep> steps, TextWriter error)
    {
        RecordingHeader header = HeaderOf(options, options.Size ?? (80, 24));
        using RecordingWriter writer = new(options.File, header);
        using ProgramRecorder program = ProgramRecorder.Start(writer, header, options.Program);
        Instant deadline = SystemClock.Now.PlusMillis(1000L * Math.Min(options.LimitSeconds, ScriptedLimitSeconds));
        string? failure = new ScriptedTyping(program, deadline).Run(steps);
        if (failure is not null)
        {
            error.WriteLine($"record: {options.KeyScript} {failure}. The screen:\n{ScreenText.Describe(program.Emulator.Screen)}");
        }

        return failure is null ? 0 : 1;
    }

    private static int RunInteractive(RecordOptions options)
    {
        using Tty? tty = Tty.TryOpen(out string error);
        if (tty is null)
        {
            Console.Error.WriteLine($"record: {error}; without one, --keys SCRIPT drives the program");
            return 1;
        }

        _ = Tty.TryGetSize(out int width, out int height);
        RecordingHeader header = HeaderOf(options, options.Size ?? (width, height));
        using RecordingWriter writer = new(options.File, header);
        using ProgramRecorder program = ProgramRecorder.Start(writer, header, options.Program);
        new InteractiveTyping(program, tty).Run(SystemClock.Now.PlusMillis(1000L * options.LimitSeconds));
        return 0;
    }

    private static RecordingHeader HeaderOf(RecordOptions options, (int Width, int Height) size) => new()
    {
        Width = size.Width,
        Height = size.Height,
        Timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        Title = options.Title,
        Command = options.Command ?? string.Join(' ', options.Program),
        Term = options.Term,
    };
}
