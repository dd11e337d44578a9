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
        bool hasExtras = world.Client.Session.Connection.Remote.HasExtras;
        Check(!hasExtras || StateFingerprint.OfExtras(frame) == StateFingerprint.OfExtras(server), "links or extras of the client are not those of the server");
        if (world.Client.Terminal is { } terminal && terminal.Screen.Width == frame.Width && terminal.Screen.Height == frame.Height)
        {
            for (int y = 0; y < frame.Height; y++)
            {
                Check(terminal.Screen.RowEquals(y, frame, y, links: true), $"row {y} of the painted terminal is not that of the frame: {Difference(terminal.Screen, frame)}");
            }

            CheckExtras(terminal.Screen.Extras, frame.Extras);
        }
    }

    /// <summary>States as they are; of events the newest, none of them more often than it happened.</summary>
    private void CheckExtras(ScreenExtras terminal, ScreenExtras frame)
    {
        Check(terminal.WorkingDirectory == frame.WorkingDirectory && terminal.PointerShape == frame.PointerShape && terminal.Progress == frame.Progress, "directory, pointer or progress");
        Check(terminal.Colors.Equals(frame.Colors), "the painted terminal's colours");
        Check(terminal.NotificationCount <= frame.NotificationCount && (frame.NotificationCount == 0) == (terminal.NotificationCount == 0), "notifications");
        for (int i = 0; i < Selections.Names.Length; i++)
        {
            Check(terminal.Selections.CountOf(i) <= frame.Selections.CountOf(i) && (frame.Selections.TextOf(i) ?? "") == (terminal.Selections.TextOf(i) ?? ""), $"selection {Selections.Names[i]}");
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
