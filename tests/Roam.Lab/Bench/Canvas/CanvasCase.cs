namespace Roam.Lab;

/// <summary>A program that prints lines: how many to a frame, and by how many the history is behind.</summary>
internal sealed record CanvasCase(string Name, Func<int, string> Line, int Lines, int LinesPerFrame, int LinesLate);
