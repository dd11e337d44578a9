using Roam.Session;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// A hash over everything that a state shows, by value, made independently of the product's own comparison: equal on both ends for the same state.
/// Not the number of bells: of a flood of them only some are passed on.
/// </summary>
internal static class StateFingerprint
{
    private const ulong Prime = 0x100000001b3;

    public static ulong Of(UserStream stream) => Mix((ulong)stream.Position, stream.ContentHash);

    public static ulong Of(TerminalState state) => Mix(Mix(Mix(Mix(state.EchoAck, Of(state.Welcome)), Of(state.FarTerminal)), OfLines(state)), Mix(Of(state.Screen), state.HasExtras ? OfExtras(state.Screen) : 0));

    private static ulong OfLines(TerminalState state)
    {
        if (!state.TellsLines)
        {
            return 0;
        }

        ulong hash = Mix(state.Screen.LinesAbove, state.Screen.IsAlternate ? 2ul : 1);
        for (int y = 0; y < state.Screen.Height; y++)
        {
            hash = Mix(hash, state.Screen.RowAt(y).Wrapped ? 1ul : 0);
        }

        return hash;
    }

    private static ulong Of(Announcement? welcome) =>
        welcome is null ? 0 : Mix(Mix(welcome.Version, welcome.Features.Bits), OfText(welcome.Software));

    private static ulong Of(FarTerminal far) => (far.IsKnown ? 1UL : 0) | (far.IsCanonical ? 2UL : 0) | (far.Echoes ? 4UL : 0) | (far.IsAlternateScreen ? 8UL : 0);

    public static ulong Of(Screen screen)
    {
        ulong hash = Mix((ulong)screen.Width, (ulong)screen.Height);
        for (int y = 0; y < screen.Height; y++)
        {
            hash = Mix(hash, OfRow(screen, y));
        }

        hash = Mix(hash, ((ulong)screen.Cursor.Row << 32) | (uint)screen.Cursor.Column);
        hash = Mix(hash, OfModes(screen.Modes));
        hash = Mix(hash, OfText(screen.Title));
        hash = Mix(hash, OfText(screen.IconName));
        return Mix(hash, OfSelection(screen, 0));
    }

    /// <summary>Longer texts travel beside the states.</summary>
    private static ulong OfSelection(Screen screen, int selection) =>
        screen.Extras.Selections.TextOf(selection) is { Length: <= SelectionSender.DirectLengthMax } text ? OfText(text) : OfText(null);

    /// <summary>Hyperlinks and what the program says beside the picture: where both sides have them.</summary>
    public static ulong OfExtras(Screen screen)
    {
        ulong hash = Prime;
        for (int y = 0; y < screen.Height; y++)
        {
            foreach (Cell cell in screen.CellsAt(y))
            {
                hash = Mix(hash, OfText(screen.Tables.Links[cell.Link]));
            }
        }

        ScreenExtras extras = screen.Extras;
        hash = Mix(Mix(Mix(hash, OfText(extras.WorkingDirectory)), OfText(extras.PointerShape)), ((ulong)extras.Progress.State << 8) | extras.Progress.Percent);
        foreach (ColorOverride entry in extras.Colors.Entries)
        {
            hash = Mix(Mix(hash, (ulong)entry.Slot), entry.Color.Value);
        }

        hash = Mix(Mix(Mix(hash, extras.NotificationCount), OfText(extras.Notification?.Title)), OfText(extras.Notification?.Body));
        for (int i = 0; i < Selections.Names.Length; i++)
        {
            hash = Mix(Mix(hash, extras.Selections.CountOf(i)), OfSelection(screen, i));
        }

        return Mix(hash, extras.Refusal.Count);
    }

    private static ulong OfRow(Screen screen, int y)
    {
        ulong hash = Prime;
        int lastStyle = -1;
        ulong style = 0;
        foreach (Cell cell in screen.CellsAt(y))
        {
            if (cell.Style != lastStyle)
            {
                lastStyle = cell.Style;
                style = OfStyle(screen.Tables.Styles[cell.Style]);
            }

            ulong text = cell.IsGrapheme ? OfText(screen.Tables.Graphemes[cell.Content]) : (ulong)cell.Content;
            hash = (hash ^ text ^ ((ulong)cell.Width << 40) ^ style) * Prime;
            hash ^= hash >> 31;
        }

        return hash;
    }

    private static ulong OfStyle(in Style style) =>
        Mix(Mix(style.Foreground.Value, style.Background.Value), Mix(style.UnderlineColor.Value, (ulong)style.Attributes));

    private static ulong OfModes(ScreenModes modes) =>
        (modes.ReverseVideo ? 1ul : 0) | (modes.CursorHidden ? 2ul : 0) | (modes.BracketedPaste ? 4ul : 0) | (modes.FocusEvents ? 8ul : 0)
        | ((ulong)modes.Mouse << 8) | ((ulong)modes.MouseEncoding << 16);

    /// <summary>Never set and empty are different titles for nobody but the comparison; the wire cannot tell them apart.</summary>
    private static ulong OfText(string? text)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in text ?? "")
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    private static ulong Mix(ulong a, ulong b)
    {
        ulong hash = (a * 0x9e3779b97f4a7c15) ^ b;
        hash ^= hash >> 32;
        return hash * 0xd6e8feb86659fd93;
    }
}
