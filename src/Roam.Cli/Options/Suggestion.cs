namespace Roam.Cli;

/// <summary>"Did you mean": the known name that is fewest typing mistakes away.</summary>
internal static class Suggestion
{
    /// <summary>More mistakes than this, or than half of the word, and the guess is no help.</summary>
    private const int DistanceMax = 3;

    /// <summary>No option is as long; a longer word is not looked at.</summary>
    private const int LengthMax = 40;

    /// <summary>"; did you mean --port?", or nothing.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        string best = "";
        int bestDistance = Math.Min(DistanceMax, (word.Length - 1) / 2) + 1;
        foreach (string name in known)
        {
            int distance = word.Length > LengthMax ? int.MaxValue : Distance(word, name);
            if (distance < bestDistance && name.Length > 2)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best.Length == 0 ? "" : $"; did you mean {(best[0] == '-' ? best : "--" + best)}?";
    }

    /// <summary>Optimal string alignment distance: insertions, deletions, substitutions, and neighbours swapped.</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
