namespace Roam.Lab;

/// <summary>Places milliseconds on a logarithmic axis between two coordinates.</summary>
internal readonly record struct LogAxis(double LowMillis, double HighMillis, double Left, double Right)
{
    private const double LeastMillis = 0.1;

    /// <summary>More labels than this would touch each other.</summary>
    private const int TicksMax = 7;

    private static readonly double[][] Steps = [[1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 4, 5, 7], [1, 2, 5], [1, 3], [1]];

    /// <summary>The finest of the usual steps that leaves room for the labels.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            LogAxis self = this;
            return Steps.Select(self.TicksBy).FirstOrDefault(t => t.Count <= TicksMax) ?? [];
        }
    }

    /// <summary>Wide enough for all values and the round trip.</summary>
    public static LogAxis Over(IEnumerable<Distribution> distributions, double rttMillis, double left, double right)
    {
        double low = Math.Max(rttMillis, LeastMillis), high = low * 1.5;
        foreach (Distribution d in distributions)
        {
            low = Math.Min(low, Math.Max(d.Min, LeastMillis));
            high = Math.Max(high, d.Max);
        }

        return new LogAxis(low * 0.97, high * 1.05, left, right);
    }

    public double At(double millis) => Left + ((Right - Left) * Math.Clamp(Math.Log(millis / LowMillis) / Math.Log(HighMillis / LowMillis), 0, 1));

    private List<double> TicksBy(double[] steps)
    {
        List<double> ticks = [];
        for (double decade = 0.01; decade <= HighMillis; decade *= 10)
        {
            foreach (double step in steps)
            {
                if (step * decade >= LowMillis && step * decade <= HighMillis)
                {
                    ticks.Add(step * decade);
                }
            }
        }

        return ticks;
    }
}
