using Roam.Lab;
using Roam.Terminal;
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
                    differences.AddRange(Differences(name, e.Text, player.Emulator.Screen, pane, allowances));
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

    /// <summary>Row by row, and the cursor as the row behind the last one.</summary>
    private static IEnumerable<string> Differences(string name, string mark, Screen screen, TmuxPane pane, TmuxAllowances allowances)
    {
        Screen shown = TmuxCapture.Read(pane.Rows(), screen.Width, screen.Height, out int[] told);
        for (int y = 0; y < screen.Height; y++)
        {
            int columns = Math.Max(told[y], TmuxCapture.End(screen, y));
            string ours = TmuxCapture.Describe(screen, y, columns);
            string theirs = TmuxCapture.Describe(shown, y, columns);
            if (ours != theirs && !allowances.Allows(name, mark, y))
            {
                yield return $"{name} {mark} {y}\n  ours {ours}\n  tmux {theirs}";
            }
        }

        (int row, int column) = pane.Cursor();

        // Behind the last column tmux counts one further while a wrap is pending.
        bool same = screen.Cursor.Row == row && screen.Cursor.Column == Math.Min(column, screen.Width - 1);
        if (!same && !allowances.Allows(name, mark, screen.Height))
        {
            yield return $"{name} {mark} {screen.Height} (cursor): ours {screen.Cursor.Row},{screen.Cursor.Column} tmux {row},{column}";
        }
    }
}
