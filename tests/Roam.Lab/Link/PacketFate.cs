namespace Roam.Lab;

/// <summary>What becomes of a packet that was given to a path.</summary>
internal enum PacketFate
{
    Carried,
    Lost,
    QueueFull,
    TooLong,
}
