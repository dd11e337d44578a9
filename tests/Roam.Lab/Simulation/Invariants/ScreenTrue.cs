using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Q3: when the net is quiet the client shows what the server's emulator shows, and so does the terminal that it is painted on.</summary>
internal sealed class ScreenTrue() : Invariant("Q3 screen")
{
    public override void AtEndOf(SimWorld world, SimPhase phase)
    {
        if (phase is not (SimPhase.Settling or SimPhase.Idle) || world.Client.Frame is not { } frame)
        {
            return;
        }

        Screen server = world.Server.Session.Emulator.Screen;
        Check(StateFingerprint.Of(frame) == StateFingerprint.Of(server), "what the client shows is not what the server has: " + Difference(frame, server));
        if (world.Client.Terminal is { } terminal && terminal.Screen.Width == frame.Width && terminal.Screen.Height == frame.Height)
        {
            for (int y = 0; y < frame.Height; y++)
            {
                Check(terminal.Screen.RowEquals(y, frame, y), $"row {y} of the painted terminal is not that of the frame: {Difference(terminal.Screen, frame)}");
            }
        }
    }

    private static string Difference(Screen shown, Screen right)
    {
        if (shown.Width != right.Width || shown.Height != right.Height)
        {
            return $"{shown.Width}x{shown.Height} for {right.Width}x{right.Height}";
        }

        for (int y = 0; y < shown.Height; y++)
        {
            if (!shown.RowEquals(y, right, y))
            {
                return $"row {y} is \"{Text(shown, y)}\" for \"{Text(right, y)}\"";
            }
        }

        return $"cursor {shown.Cursor} for {right.Cursor}, modes {shown.Modes} for {right.Modes}, title {shown.Title} for {right.Title}, bells {shown.BellCount} for {right.BellCount}";
    }

    private static string Text(Screen screen, int y) =>
        string.Concat(screen.CellsAt(y).ToArray().Select(c => c.IsSpacer ? "" : c.IsGrapheme ? screen.Tables.Graphemes[c.Content] : char.ConvertFromUtf32(c.Content))).TrimEnd();
}
