namespace Roam.Transport;

/// <summary>Something happened to a stream. The target of an opened one is <see cref="StreamSet.TargetOf"/>.</summary>
public readonly record struct StreamEvent(ulong Id, StreamEventKind Event, StreamKind Kind);
