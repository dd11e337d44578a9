using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Simulation;

/// <summary>The simulated user's keyboard and window, for stories: what is typed, what is seen, and what the server's terminal shows.</summary>
internal static class SimWindow
{
    public static void Type(SimWorld world, string text)
    {
        foreach (char c in text)
        {
            world.Client.Type(world, [(byte)c]);
            world.RunForMillis(20);
        }
    }

    public static bool RunUntil(SimWorld world, Func<bool> condition, long millis) => world.RunUntil(condition, world.NowMicros + (millis * 1000));

    public static string Shown(SimWorld world) => world.Client.Frame is null ? "" : TextOf(world.Client.Frame);

    public static string ServerText(SimWorld world) => TextOf(world.Server.Session.Emulator.Screen);

    public static string TextOf(Screen screen)
    {
        StringBuilder text = new();
        for (int y = 0; y < screen.Height; y++)
        {
            foreach (Cell cell in screen.CellsAt(y))
            {
                text.Append(cell.IsGrapheme || cell.Content == 0 ? '?' : (char)cell.Content);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
