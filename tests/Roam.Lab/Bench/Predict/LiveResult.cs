namespace Roam.Lab;

/// <summary>What came of one workload with one pair.</summary>
internal sealed record LiveResult(string Workload, string Pair, PredictionScore Score, double CpuMicrosPerKey);
