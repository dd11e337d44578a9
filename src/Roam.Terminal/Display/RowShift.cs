using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>
/// Looks for a part of a row that moved as a whole to the right or to the left up to the row's end, as when somebody types in the middle of a line: then ICH or
/// DCH and a few characters do instead of printing it again. The estimate need not be exact: a wrong one costs bytes, never correctness.
/// </summary>
internal sealed class RowShift
{
    /// <summary>A word: longer moves are rare, and each distance is a comparison of the row.</summary>
    private const int DistanceMax = 24;

    /// <summary>So many cells behind the shift must fit at once, else a distance is not looked at closely.</summary>
    private const int FitMin = 3;

    private const int SequenceBytes = 4;
    private const int MoveBytes = 6;
    private const int StyleBytes = 6;
    private const int BlankRunBytes = 4;

    private Cell[] _shifted = [];
    private Cell[] _best = [];

    /// <summary>The old row after the shift that was found.</summary>
    public ReadOnlySpan<Cell> Shifted => _best;

    /// <summary>Cells inserted (or, negative, deleted) at column first. Only cells of the same tables and of certain, single width may be given behind it.</summary>
    public bool TryFind(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, int first, out int count)
    {
        count = 0;
        if (_best.Length != after.Length)
        {
            _shifted = new Cell[after.Length];
            _best = new Cell[after.Length];
        }

        int best = Estimate(before, after, first) - SequenceBytes;
        for (int distance = 1; distance <= DistanceMax && first + distance < after.Length && best > 0; distance++)
        {
            // Told to insert more cells than are left behind them, tmux 3.3a does not blank all of them.
            if (distance <= after.Length - first - distance)
            {
                Try(before, after, first, distance, ref best, ref count);
            }

            Try(before, after, first, -distance, ref best, ref count);
        }

        return count != 0;
    }

    private void Try(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, int first, int distance, ref int best, ref int count)
    {
        int to = first + Math.Max(distance, 0);
        int from = first + Math.Max(-distance, 0);
        int kept = after.Length - Math.Max(to, from);
        if (Common(before.Slice(from, kept), after.Slice(to, kept)) < Math.Min(FitMin, kept))
        {
            return;
        }

        before.CopyTo(_shifted);
        before.Slice(from, kept).CopyTo(_shifted.AsSpan(to));
        Span<Cell> blanked = distance > 0 ? _shifted.AsSpan(first, distance) : _shifted.AsSpan(first + kept);
        blanked.Fill(Cell.Blank(0));
        int bytes = Estimate(_shifted, after, first);
        if (bytes < best)
        {
            best = bytes;
            count = distance;
            (_best, _shifted) = (_shifted, _best);
        }
    }

    /// <summary>About what drawing the difference costs.</summary>
    private static int Estimate(ReadOnlySpan<Cell> before, ReadOnlySpan<Cell> after, int first)
    {
        int bytes = 0;
        int x = first;
        int style = -1;
        while (true)
        {
            int same = Common(before[x..], after[x..]);
            if (x + same == after.Length)
            {
                return bytes;
            }

            bytes += x == first ? 0 : Math.Min(same, MoveBytes);
            x += same;
            bytes += after[x].Style == style ? 0 : StyleBytes;
            style = after[x].Style;
            int blanks = 0;
            while (x + blanks < after.Length && after[x + blanks].Bits == after[x].Bits && after[x].IsBlank)
            {
                blanks++;
            }

            bytes += blanks == 0 ? 1 : Math.Min(blanks, BlankRunBytes);
            x += Math.Max(blanks, 1);
        }
    }

    private static int Common(ReadOnlySpan<Cell> a, ReadOnlySpan<Cell> b) =>
        MemoryMarshal.Cast<Cell, ulong>(a).CommonPrefixLength(MemoryMarshal.Cast<Cell, ulong>(b));
}
