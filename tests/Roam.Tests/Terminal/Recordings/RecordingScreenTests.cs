using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

/// <summary>Real sessions give the screens that are kept beside them, however their output is cut.</summary>
public sealed class RecordingScreenTests
{
    private const int RandomSplits = 4;

    public static TheoryData<string> Names => RecordingFiles.Names;

    /// <summary>After a change that was meant: Roam.Lab replay --accept FILE, then read the difference.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_gives_the_screens_kept_beside_it(string name)
    {
        string expected = File.ReadAllText(RecordedScreens.FileFor(RecordingFiles.PathOf(name)));
        Assert.Equal(expected.Split('\n'), RecordedScreens.Describe(RecordingFiles.Load(name)).Split('\n'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_screen_is_whole_after_each_piece(string name)
    {
        RecordingPlayer player = new(RecordingFiles.Load(name));
        while (player.Step(out _))
        {
            player.Emulator.Screen.CheckIntegrity();
            player.Emulator.FrameScreen.CheckIntegrity();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_cut_at_each_byte_gives_the_same_screens(string name)
    {
        Recording recording = RecordingFiles.Load(name);
        AssertSameScreens(recording, Cut(recording, () => 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_cut_anywhere_gives_the_same_screens(string name)
    {
        Recording recording = RecordingFiles.Load(name);
        for (int seed = 0; seed < RandomSplits; seed++)
        {
            SeededRandom random = new((ulong)seed);
            AssertSameScreens(recording, Cut(recording, () => 1 + random.Next(random.Chance(500) ? 8 : 5000)));
        }
    }

    /// <summary>Output that follows output counts as one piece: it is cut anew, across the old cuts.</summary>
    private static Recording Cut(Recording recording, Func<int> nextLength)
    {
        List<RecordingEvent> events = [];
        List<byte> output = [];
        foreach (RecordingEvent e in recording.Events.Append(new RecordingEvent(0, RecordingEventKind.Marker, [])))
        {
            if (e.Kind == RecordingEventKind.Output)
            {
                output.AddRange(e.Bytes);
                continue;
            }

            if (e.Kind == RecordingEventKind.Input)
            {
                continue;
            }

            for (int start = 0, count; start < output.Count; start += count)
            {
                count = Math.Min(nextLength(), output.Count - start);
                events.Add(new RecordingEvent(e.Micros, RecordingEventKind.Output, [.. output.GetRange(start, count)]));
            }

            output.Clear();
            events.Add(e);
        }

        return recording with { Events = events };
    }

    private static void AssertSameScreens(Recording expected, Recording actual)
    {
        List<(string Name, Screen Screen)> wanted = Screens(expected);
        List<(string Name, Screen Screen)> given = Screens(actual)[..^1];
        Assert.Equal(wanted.Count, given.Count);
        for (int i = 0; i < wanted.Count; i++)
        {
            Assert.True(wanted[i].Screen.ContentEquals(given[i].Screen), $"{wanted[i].Name}: expected\n{ScreenText.Describe(wanted[i].Screen)}\nbut it is\n{ScreenText.Describe(given[i].Screen)}");
        }
    }

    private static List<(string Name, Screen Screen)> Screens(Recording recording)
    {
        List<(string, Screen)> screens = [];
        RecordingPlayer player = new(recording);
        while (player.Step(out RecordingEvent e))
        {
            if (e.Kind == RecordingEventKind.Marker)
            {
                screens.Add((e.Text, player.Emulator.Screen.Snapshot()));
            }
        }

        screens.Add((RecordedScreens.EndName, player.Emulator.Screen.Snapshot()));
        return screens;
    }
}
