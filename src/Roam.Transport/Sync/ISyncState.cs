using System.Buffers;

namespace Roam.Transport;

/// <summary>
/// An object that SSP keeps equal on both ends (spec: ssp.md). The connection owns every snapshot it takes and calls <see cref="Release"/> exactly once on each it drops.
/// </summary>
public interface ISyncState<TSelf>
    where TSelf : class, ISyncState<TSelf>
{
    /// <summary>Writes what turns <paramref name="from"/> into this. Nothing is written when they are equal.</summary>
    void WriteDiff(TSelf from, IBufferWriter<byte> destination);

    /// <summary>Turns this into the sender's state. Remote input: never throws; on anything but <see cref="ApplyResult.Applied"/> the caller drops this copy.</summary>
    ApplyResult Apply(ReadOnlySpan<byte> diff);

    /// <summary>Drops what this shares with a prefix that both ends hold (user events already acknowledged). Screens have none.</summary>
    void Subtract(TSelf prefix);

    bool ContentEquals(TSelf other);

    /// <summary>A cheap copy, owned by the caller.</summary>
    TSelf Snapshot();

    /// <summary>Gives pooled parts back; the object must not be used afterwards.</summary>
    void Release();
}
