namespace Roam.Transport;

/// <summary>
/// How a peer presents itself: hello (client) and welcome (server), extension 100 of an Instruction (docs/protocol.md, section 8). Both have the same first three fields,
/// hello has the client's terminal too; others are skipped. Texts are views, as the peer said them.
/// </summary>
public ref struct AnnouncementMessage
{
    /// <summary>Feature numbers above are unknown to this version, and ignored.</summary>
    public const int FeatureMax = 63;

    private const int VersionField = 1;
    private const int FeatureField = 2;
    private const int SoftwareField = 3;
    private const int TerminalField = 4;

    public uint Version { get; set; }

    /// <summary>Bit n: feature n.</summary>
    public ulong FeatureBits { get; set; }

    public ReadOnlySpan<byte> Software { get; set; }

    /// <summary>A <see cref="TerminalMessage"/>, well formed; empty when the client says nothing of its terminal.</summary>
    public ReadOnlySpan<byte> Terminal { get; set; }

    /// <summary>Length of what <see cref="Write"/> writes.</summary>
    internal readonly int Size
    {
        get
        {
            int size = ProtoWriter.UInt64Size(VersionField, Version) + ProtoWriter.BytesSize(SoftwareField, Software.Length)
                + (Terminal.IsEmpty ? 0 : ProtoWriter.BytesSize(TerminalField, Terminal.Length));
            for (ulong rest = FeatureBits; rest != 0; rest &= rest - 1)
            {
                size += ProtoWriter.UInt64Size(FeatureField, LowestOf(rest));
            }

            return size;
        }
    }

    /// <summary>False when malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out AnnouncementMessage announcement)
    {
        announcement = default;
        bool isGood = true;
        ProtoReader reader = new(message);
        while (reader.Next())
        {
            if (reader.At(VersionField, ProtoWireType.Varint))
            {
                announcement.Version = reader.ReadUInt32();
            }
            else if (reader.At(FeatureField, ProtoWireType.Varint))
            {
                announcement.AddFeature(reader.ReadUInt32());
            }
            else if (reader.At(FeatureField, ProtoWireType.LengthDelimited))
            {
                // Packed: what another writer may make of the same declaration.
                ProtoReader packed = new(reader.ReadBytes());
                while (packed.NextPacked(out ulong feature))
                {
                    announcement.AddFeature((uint)feature);
                }

                isGood &= !packed.Failed;
            }
            else if (reader.At(SoftwareField, ProtoWireType.LengthDelimited))
            {
                announcement.Software = reader.ReadBytes();
            }
            else if (reader.At(TerminalField, ProtoWireType.LengthDelimited))
            {
                announcement.Terminal = reader.ReadBytes();
                isGood &= TerminalMessage.TryRead(announcement.Terminal, out _);
            }
        }

        return isGood && !reader.Failed;
    }

    /// <summary>Features unpacked, in ascending order.</summary>
    internal readonly void Write(ProtoWriter writer)
    {
        writer.WriteUInt64(VersionField, Version);
        for (ulong rest = FeatureBits; rest != 0; rest &= rest - 1)
        {
            writer.WriteUInt64(FeatureField, LowestOf(rest));
        }

        writer.WriteBytes(SoftwareField, Software);
        if (!Terminal.IsEmpty)
        {
            writer.WriteBytes(TerminalField, Terminal);
        }
    }

    private void AddFeature(uint feature)
    {
        if (feature <= FeatureMax)
        {
            FeatureBits |= 1UL << (int)feature;
        }
    }

    private static ulong LowestOf(ulong bits) => (ulong)System.Numerics.BitOperations.TrailingZeroCount(bits);
}
