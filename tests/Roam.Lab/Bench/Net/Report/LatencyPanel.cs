namespace Roam.Lab;

/// <summary>The same link seen by several programs.</summary>
internal sealed record LatencyPanel(string Name, string Title, double RttMillis, IReadOnlyList<(string Program, Distribution Latencies)> Programs);
