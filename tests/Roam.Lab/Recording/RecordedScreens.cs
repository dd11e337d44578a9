using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>The expected screens of a recording, kept beside it (NAME.cast, NAME.screen): one at each marker, and the last one.</summary>
internal static class RecordedScreens
{
    public const string EndName = "end";

    public static string FileFor(string recording) => Path.ChangeExtension(recording, ".screen");

    /// <summary>All of them as our emulator gives them.</summary>
    public static string Describe(Recording recording)
    {
        StringBuilder text = new();
        RecordingPlayer player = new(recording);
        while (player.Step(out RecordingEvent e))
        {
            if (e.Kind == RecordingEventKind.Marker)
            {
                Append(text, e.Text, player);
            }
        }

        Append(text, EndName, player);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, RecordingPlayer player)
    {
        Screen screen = player.Emulator.Screen;
        screen.CheckIntegrity();
        text.Append(CultureInfo.InvariantCulture, $"== {name} (event {player.Played}{(player.Emulator.IsAlternate ? ", alternate screen" : "")})\n").Append(ScreenText.Describe(screen)).Append('\n');
    }
}
