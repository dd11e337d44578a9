using System.Text;
using Roam.Lab;
using Roam.Terminal;
using Roam.Tests.Display;

namespace Roam.Tests.Terminal;

/// <summary>Real sessions on their way to the user: as diffs on the wire, and as drawn on terminals of all kinds.</summary>
public sealed class RecordingDrawingTests
{
    private const int Seeds = 3;
    private const int KeptMax = 12;

    public static TheoryData<string> Names => RecordingFiles.Names;

    /// <summary>Now and then a frame is made, from the newest or from a much older one, as when acknowledgements are late.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_diff_from_any_earlier_frame_gives_the_frame(string name)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            SeededRandom random = new((ulong)seed);
            RecordingPlayer player = new(RecordingFiles.Load(name));
            DiffProperty property = new();
            List<Screen> kept = [player.Emulator.Screen.Snapshot()];
            while (player.Step(out _))
            {
                if (random.Chance(400))
                {
                    Screen frame = player.Emulator.Screen;
                    Screen from = kept[random.Chance(500) ? kept.Count - 1 : random.Next(kept.Count)];
                    property.Check(from, frame);
                    string? foreign = WireSyntax.FindForeign(Encoding.UTF8.GetString(property.Diff));
                    Assert.True(foreign is null, $"event {player.Played}: {foreign}");
                    Keep(kept, frame, random);
                }
            }

            property.Check(kept[0], player.Emulator.Screen);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_of_terminal_shows_the_frames(string name)
    {
        foreach ((string profile, TerminalCapabilities capabilities) in PaintProperty.Profiles)
        {
            SeededRandom random = new(7);
            RecordingPlayer player = new(RecordingFiles.Load(name));
            PaintProperty terminal = new(capabilities, player.Emulator.Screen.Width, player.Emulator.Screen.Height);
            while (player.Step(out _))
            {
                if (random.Chance(500))
                {
                    AssertShows(terminal, player, profile);
                }

                if (random.Chance(20))
                {
                    terminal.Repaint();
                }
            }

            AssertShows(terminal, player, profile);
        }
    }

    private static void AssertShows(PaintProperty terminal, RecordingPlayer player, string profile)
    {
        try
        {
            terminal.Check(player.Emulator.Screen);
        }
        catch (InvalidOperationException e)
        {
            Assert.Fail($"{profile}, event {player.Played}: {e.Message}");
        }
    }

    private static void Keep(List<Screen> kept, Screen frame, SeededRandom random)
    {
        kept.Add(frame.Snapshot());
        if (kept.Count > KeptMax)
        {
            int oldest = random.Next(3);
            kept[oldest].Release();
            kept.RemoveAt(oldest);
        }
    }
}
