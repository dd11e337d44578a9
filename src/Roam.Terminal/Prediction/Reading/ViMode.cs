namespace Roam.Terminal;

/// <summary>Which mode a vi is in.</summary>
internal enum ViMode : byte
{
    /// <summary>No vi, as far as is known.</summary>
    None,
    Normal,
    Insert,
}
