using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// The wire dialect: the bytes that turn one screen into another when read by a stock mosh 1.4 client or by <see cref="Emulator"/>.
/// The reader's scrolling region must be the whole screen at the start, as every diff leaves it.
/// An instance keeps scratch arrays, so that a diff allocates nothing in steady state; one session, one instance.
/// </summary>
public sealed class ScreenDiff
{
    private readonly ScreenPainter<WireDialect> _painter = new(default);
    private ScreenPainter<WireDialect>? _extended;

    /// <summary>
    /// Writes what turns <paramref name="from"/> into <paramref name="to"/>. When the sizes differ (the reader has resized its copy already)
    /// the screen is cleared and drawn whole; titles, modes, bell and clipboard are still told by difference.
    /// </summary>
    /// <param name="from">The reader's screen.</param>
    /// <param name="to">What it becomes.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="extras">The reader has screen extras: hyperlinks are written, the clipboard is not, since it goes by another way.</param>
    public void Write(Screen from, Screen to, IBufferWriter<byte> destination, bool extras = false)
    {
        ScreenPainter<WireDialect> painter = extras ? _extended ??= new ScreenPainter<WireDialect>(new WireDialect(hasExtras: true)) : _painter;
        painter.WriteUpdate(from, to, destination);
    }

    /// <summary>Writes the whole screen for a reader of which nothing is known: every mode is set or reset explicitly.</summary>
    public void WriteInitial(Screen to, IBufferWriter<byte> destination) => _painter.WriteAll(null, to, destination);

    /// <summary>
    /// Whether both screens look the same as far as a diff tells: not protection, pen, margins or counters (a diff rings at most
    /// <see cref="ScreenPainter{T}.BellsMax"/> bells and hands over only the newest clipboard), and a title never set is an empty one. With extras links count, and the clipboard does not.
    /// </summary>
    public static bool SamePicture(Screen a, Screen b, bool extras = false)
    {
        bool sameState = a.Width == b.Width && a.Height == b.Height && a.Modes == b.Modes && (extras || a.Clipboard == b.Clipboard)
            && a.Cursor.Row == b.Cursor.Row && a.Cursor.Column == b.Cursor.Column && a.Cursor.Shape == b.Cursor.Shape
            && (a.Title ?? "") == (b.Title ?? "") && (a.IconName ?? "") == (b.IconName ?? "");
        CellComparison comparison = new(a.Tables, b.Tables, extras);
        for (int y = 0; sameState && y < a.Height; y++)
        {
            sameState = ReferenceEquals(a.RowAt(y), b.RowAt(y)) || comparison.First(a.CellsAt(y), b.CellsAt(y), 0) == a.Width;
        }

        return sameState;
    }
}
