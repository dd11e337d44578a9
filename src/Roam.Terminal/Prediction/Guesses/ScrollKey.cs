namespace Roam.Terminal;

/// <summary>A pager's key that is not answered yet.</summary>
/// <param name="Context">The key.</param>
/// <param name="Rows">By how many rows it should move the text; 0: not known.</param>
/// <param name="IsTrusted">It may be shown.</param>
/// <param name="DueFrame">When it must have been answered.</param>
internal readonly record struct ScrollKey(ulong Context, int Rows, bool IsTrusted, ulong DueFrame);
