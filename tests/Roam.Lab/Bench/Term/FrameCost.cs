namespace Roam.Lab;

/// <summary>Something that is done once a frame; <paramref name="Run"/> does it so many times.</summary>
internal sealed record FrameCost(string Name, Action<int> Run);
