using Roam.Terminal;

namespace Roam.Session;

/// <summary>
/// Lines that the client has seen need not travel again: most leave the screen as they stood on it. A diff says how many of its base's first rows became lines just so; the client takes them from
/// the base, and says in the history stream how far it has come (<see cref="HistoryReceiver"/>). This is the server's side.
/// </summary>
internal sealed class ShownLines(HistoryLog log, HistorySender sender)
{
    /// <summary>How many of the base's first rows are lines that the client may be waiting for.</summary>
    public uint Count(TerminalState from, Screen to)
    {
        Screen shown = from.Screen;
        if (!from.TellsLines || shown.IsAlternate || shown.Height != to.Height || shown.Width != to.Width || to.LinesAbove <= shown.LinesAbove)
        {
            return 0;
        }

        int most = (int)Math.Min(to.LinesAbove - shown.LinesAbove, (ulong)shown.Height);
        if (!sender.Awaits(shown.LinesAbove, most))
        {
            return 0;
        }

        int count = 0;
        while (count < most && log.IsRow(shown.LinesAbove + (ulong)count, shown.RowAt(count), shown.RowAt(Math.Min(count + 1, shown.Height - 1)), shown.Tables))
        {
            count++;
        }

        sender.Claim(shown.LinesAbove + (ulong)count);
        return (uint)count;
    }
}
