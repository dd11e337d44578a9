using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Compares cursors as a person sees them: where a hidden one stands is nobody's business.</summary>
internal static class Cursors
{
    public static bool Same(Screen a, Screen b) =>
        a.Modes.CursorHidden == b.Modes.CursorHidden && (a.Modes.CursorHidden || (a.Cursor.Row == b.Cursor.Row && a.Cursor.Column == b.Cursor.Column));

    public static bool Visible(Screen screen) => !screen.Modes.CursorHidden;
}
