using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>
/// Finds the one scroll, of any distance and region, that saves the most rows. Row hashes only suggest it: rows are compared cell by cell afterwards,
/// so a hash collision costs bytes, never correctness. The search is rows x distances, at most some 16 million hash compares for the tallest screen
/// (4096 rows), 40,000 for 200 rows.
/// </summary>
internal sealed class ScrollFinder
{
    /// <summary>A scroll costs about 15 bytes: it has to save more than one row.</summary>
    private const int GainMin = 2;

    /// <summary>Taller screens are searched for distances up to this only.</summary>
    private const int DistanceMax = 512;

    private ulong[] _from = [];
    private ulong[] _to = [];
    private int[] _gain = [];
    private int[] _damage = [];

    /// <summary>Both screens must have the same size and tables. Downward scrolls are looked for when asked for: not every reader has them.</summary>
    public bool TryFind(Screen from, Screen to, bool downward, out ScrollMove move)
    {
        move = default;
        int height = to.Height;
        if (!Prepare(from, to))
        {
            return false;
        }

        int best = GainMin - 1;
        for (int distance = 1; distance < Math.Min(height, DistanceMax + 1); distance++)
        {
            FindRuns(distance, height, ref best, ref move);
            if (downward)
            {
                FindRunsDown(distance, height, ref best, ref move);
            }
        }

        return move.Count != 0;
    }

    /// <summary>Hashes, and what each row of the target is worth. False if fewer rows changed than a scroll must save.</summary>
    private bool Prepare(Screen from, Screen to)
    {
        int height = to.Height;
        int changed = 0;
        for (int y = 0; y < height; y++)
        {
            changed += ReferenceEquals(from.RowAt(y), to.RowAt(y)) ? 0 : 1;
        }

        if (changed < GainMin)
        {
            return false;
        }

        if (_from.Length < height)
        {
            _from = new ulong[height];
            _to = new ulong[height];
            _gain = new int[height];
            _damage = new int[height];
        }

        changed = 0;
        for (int y = 0; y < height; y++)
        {
            _from[y] = from.RowHash(y);
            _to[y] = to.RowHash(y);
            int worth = IsBlank(to.CellsAt(y)) ? 0 : 1;
            bool same = _from[y] == _to[y];
            _gain[y] = same ? 0 : worth;
            _damage[y] = same ? worth : 0;
            changed += _gain[y];
        }

        return changed >= GainMin;
    }

    private void FindRuns(int distance, int height, ref int best, ref ScrollMove move)
    {
        int start = 0;
        int gain = 0;
        for (int y = 0; y <= height - distance; y++)
        {
            if (y < height - distance && _to[y] == _from[y + distance])
            {
                gain += _gain[y];
                continue;
            }

            if (gain > best)
            {
                int net = gain - Damage(y, distance);
                if (net > best)
                {
                    best = net;
                    move = new ScrollMove(start, y - 1 + distance, distance);
                }
            }

            start = y + 1;
            gain = 0;
        }
    }

    private void FindRunsDown(int distance, int height, ref int best, ref ScrollMove move)
    {
        int start = 0;
        int gain = 0;
        for (int y = 0; y <= height - distance; y++)
        {
            if (y < height - distance && _to[y + distance] == _from[y])
            {
                gain += _gain[y + distance];
                continue;
            }

            if (gain > best)
            {
                int net = gain - Damage(start, distance);
                if (net > best)
                {
                    best = net;
                    move = new ScrollMove(start, y - 1 + distance, -distance);
                }
            }

            start = y + 1;
            gain = 0;
        }
    }

    /// <summary>Rows that were right and would become blank.</summary>
    private int Damage(int first, int count)
    {
        int damage = 0;
        for (int y = first; y < first + count; y++)
        {
            damage += _damage[y];
        }

        return damage;
    }

    private static bool IsBlank(ReadOnlySpan<Cell> cells) =>
        MemoryMarshal.Cast<Cell, ulong>(cells).IndexOfAnyExcept(Cell.Blank(0).Bits) < 0;
}
