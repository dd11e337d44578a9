namespace Roam.Terminal;

/// <summary>What was refused; the values are those of the wire.</summary>
public enum RefusedExtra : byte
{
    None = 0,
    Selection = 1,
    Notification = 2,
}
