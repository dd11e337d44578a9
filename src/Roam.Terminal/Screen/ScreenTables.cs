namespace Roam.Terminal;

/// <summary>
/// The intern tables that cells point into: styles, graphemes (more than one code point in a cell) and hyperlinks.
/// Append-only and shared by all screens of one session. Two screens with different tables (after a compaction) are compared by value.
/// </summary>
public sealed class ScreenTables
{
    public StyleTable Styles { get; } = new();

    public GraphemeTable Graphemes { get; } = new();

    public LinkTable Links { get; } = new();
}
