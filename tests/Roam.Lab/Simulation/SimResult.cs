namespace Roam.Lab;

/// <summary>How a run went. Failure is null when all invariants held.</summary>
internal sealed record SimResult(SimOptions Options, string? Failure, ulong TraceHash, long EndMicros, long Datagrams);
