namespace Roam.Lab;

/// <summary>Measured times, sorted. Quantiles are values that were measured (nearest rank), none is interpolated.</summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    public Distribution(IEnumerable<double> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
    }

    public int Count => _sorted.Length;

    public ReadOnlySpan<double> Sorted => _sorted;

    public double Min => Count == 0 ? double.NaN : _sorted[0];

    public double Max => Count == 0 ? double.NaN : _sorted[^1];

    public double Mean => Count == 0 ? double.NaN : _sorted.Average();

    public double Median => Quantile(0.5);

    public double Quantile(double share) => Count == 0 ? double.NaN : _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
