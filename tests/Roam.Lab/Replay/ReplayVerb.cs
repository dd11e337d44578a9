using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// `replay FILE...`: shows the screen, as text, that each recording or file of raw terminal output leaves; rows without trailing blanks, a form feed after each screen.
/// Other options: <see cref="ReplayOptions"/>.
/// </summary>
internal static class ReplayVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        if (ReplayOptions.TryParse(args) is not { } options)
        {
            Console.Error.WriteLine(ReplayOptions.Usage);
            return 2;
        }

        using StreamWriter output = new(Console.OpenStandardOutput());
        bool holds = true;
        foreach (string file in options.Files)
        {
            Recording recording = Load(file, options.Size);
            if (options.Accept)
            {
                File.WriteAllText(RecordedScreens.FileFor(file), RecordedScreens.Describe(recording));
            }
            else if (options.Expect)
            {
                holds &= Check(file, recording, output);
            }
            else
            {
                Show(recording, options.Step, output);
            }
        }

        return holds ? 0 : 1;
    }

    /// <summary>Raw output counts as a recording of one event.</summary>
    private static Recording Load(string file, (int Width, int Height) size)
    {
        byte[] bytes = File.ReadAllBytes(file);
        Recording? recording = bytes.AsSpan().StartsWith("{"u8) ? Recording.TryParse(File.ReadAllText(file)) : null;
        return recording ?? new Recording(new RecordingHeader { Width = size.Width, Height = size.Height }, [new RecordingEvent(0, RecordingEventKind.Output, bytes)]);
    }

    private static void Show(Recording recording, int? step, StreamWriter output)
    {
        RecordingPlayer player = new(recording);
        while (player.Played != (step ?? int.MaxValue) && player.Step(out _))
        {
            player.Emulator.Screen.CheckIntegrity();
        }

        Screen screen = player.Emulator.Screen;
        if (step is not null)
        {
            output.Write(ScreenText.Describe(screen));
            return;
        }

        for (int y = 0; y < screen.Height; y++)
        {
            output.Write(ScreenText.Row(screen, y) + "\n");
        }

        output.Write('\f');
    }

    /// <summary>Says the first line that is another one.</summary>
    private static bool Check(string file, Recording recording, StreamWriter output)
    {
        string[] expected = File.ReadAllText(RecordedScreens.FileFor(file)).Split('\n');
        string[] actual = RecordedScreens.Describe(recording).Split('\n');
        int first = 0;
        while (first < expected.Length && first < actual.Length && expected[first] == actual[first])
        {
            first++;
        }

        if (first == expected.Length && first == actual.Length)
        {
            return true;
        }

        string section = actual.Take(first + 1).LastOrDefault(l => l.StartsWith("== ", StringComparison.Ordinal)) ?? "";
        output.Write($"{file}: line {first + 1} of its screens, {section}\n  expected {expected.ElementAtOrDefault(first)}\n  but it is {actual.ElementAtOrDefault(first)}\n");
        return false;
    }
}
