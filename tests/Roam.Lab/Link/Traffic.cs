namespace Roam.Lab;

/// <summary>What one program's port has sent into both directions of a link: IP packets and their whole lengths.</summary>
internal readonly record struct Traffic(long UpPackets, long UpBytes, long DownPackets, long DownBytes)
{
    public long Packets => UpPackets + DownPackets;

    public static Traffic operator -(Traffic a, Traffic b) =>
        new(a.UpPackets - b.UpPackets, a.UpBytes - b.UpBytes, a.DownPackets - b.DownPackets, a.DownBytes - b.DownBytes);
}
