namespace Roam.Terminal;

/// <summary>Whether the user's terminal is dark or light; the values are those of CSI ? 997 ; n n.</summary>
public enum ColorScheme : byte
{
    Unknown = 0,
    Dark = 1,
    Light = 2,
}
