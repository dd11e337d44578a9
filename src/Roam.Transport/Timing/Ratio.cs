namespace Roam.Transport;

/// <summary>Shares in parts per million, and moving averages of them, in whole numbers: the same on every machine.</summary>
internal static class Ratio
{
    internal const int One = 1_000_000;

    /// <summary>average += (sample - average) / weight.</summary>
    internal static int Average(int average, int sample, int weight) => average + ((sample - average) / weight);

    /// <summary>The n-th root of a share: how likely one of n independent copies is to fail when all do with this likelihood.</summary>
    internal static int Root(int share, int n)
    {
        int low = 0, high = One;
        while (n > 1 && low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Power(middle, n) <= share)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return n > 1 ? low : share;
    }

    private static long Power(long share, int n)
    {
        long power = share;
        for (int i = 1; i < n; i++)
        {
            power = power * share / One;
        }

        return power;
    }
}
