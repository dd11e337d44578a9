using Roam.Lab;
using Roam.Tests.Display;

namespace Roam.Tests.Terminal;

/// <summary>Real sessions on a terminal that is not ours: tmux must show the same text and colours, but for the named differences.</summary>
public sealed class RecordingTmuxTests
{
    public static TheoryData<string> Names => RecordingFiles.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Tmux_shows_the_same_but_for_the_named_differences(string name)
    {
        Assert.SkipUnless(Tmux.IsInstalled, "tmux is not installed");
        TmuxAllowances allowances = new();
        Recording recording = RecordingFiles.Load(name);
        RecordingPlayer player = new(recording);
        using TmuxPane pane = new(recording.Header.Width, recording.Header.Height);
        List<byte> output = [];
        List<string> differences = [];
        foreach (RecordingEvent e in recording.Events.Append(RecordingEvent.OfText(0, RecordingEventKind.Marker, RecordedScreens.EndName)))
        {
            player.Step(out _);
            switch (e.Kind)
            {
                case RecordingEventKind.Output:
                    output.AddRange(e.Bytes);
                    break;
                case RecordingEventKind.Resize:
                    Flush(pane, output);
                    pane.Resize(e.Size.Width, e.Size.Height);
                    break;
                case RecordingEventKind.Marker:
                    Flush(pane, output);
                    differences.AddRange(TmuxCapture.Differences(player.Emulator.Screen, pane).Where(d => !allowances.Allows(name, e.Text, d.Row)).Select(d => $"{name} {e.Text} {d.Text}"));
                    break;
            }
        }

        differences.AddRange(allowances.Stale(name, TmuxPane.Version).Select(line => "not needed: " + line));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static void Flush(TmuxPane pane, List<byte> output)
    {
        pane.Write([.. output]);
        output.Clear();
    }
}
