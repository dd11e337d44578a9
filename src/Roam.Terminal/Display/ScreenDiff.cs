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

    /// <summary>
    /// Writes what turns <paramref name="from"/> into <paramref name="to"/>. When the sizes differ (the reader has resized its copy already)
    /// the screen is cleared and drawn whole; titles, modes, bell and clipboard are still told by difference.
    /// </summary>
    public void Write(Screen from, Screen to, IBufferWriter<byte> destination) => _painter.WriteUpdate(from, to, destination);

    /// <summary>Writes the whole screen for a reader of which nothing is known: every mode is set or reset explicitly.</summary>
    public void WriteInitial(Screen to, IBufferWriter<byte> destination) => _painter.WriteAll(null, to, destination);

    /// <summary>
    /// Whether both screens look the same as far as a diff tells: not links, protection, pen, margins or counters (a diff rings at most
    /// <see cref="ScreenPainter{T}.BellsMax"/> bells and hands over only the newest clipboard), and a title never set is an empty one.
    /// </summary>
    public static bool SamePicture(Screen a, Screen b)
    {
        bool sameState = a.Width == b.Width && a.Height == b.Height && a.Modes == b.Modes && a.Clipboard == b.Clipboard
            && a.Cursor.Row == b.Cursor.Row && a.Cursor.Column == b.Cursor.Column && a.Cursor.Shape == b.Cursor.Shape
            && (a.Title ?? "") == (b.Title ?? "") && (a.IconName ?? "") == (b.IconName ?? "");
        CellComparison comparison = new(a.Tables, b.Tables);
        for (int y = 0; sameState && y < a.Height; y++)
        {
            sameState = ReferenceEquals(a.RowAt(y), b.RowAt(y)) || comparison.First(a.CellsAt(y), b.CellsAt(y), 0) == a.Width;
        }

        return sameState;
    }
}
