namespace Roam.Transport;

internal enum PacketFate : byte
{
    InFlight,

    /// <summary>Taken for lost: what it carried goes again. Kept for a while, as its acknowledgement may come after all.</summary>
    Lost,

    /// <summary>The same, but only to make the peer speak.</summary>
    Probed,
    Acknowledged,
}
