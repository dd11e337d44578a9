using System.Globalization;

namespace Roam.Host;

/// <summary>What a file is called while it is not whole: hidden, beside its target, the same for each try.</summary>
internal static class PartName
{
    private static ReadOnlySpan<byte> Suffix => ".roam-part"u8;

    /// <summary>A name that leaves no room for the suffix becomes a hash.</summary>
    public static byte[] Of(ReadOnlySpan<byte> name)
    {
        if (name.Length + Suffix.Length + 1 <= CopyLimits.NameBytesMax)
        {
            return [(byte)'.', .. name, .. Suffix];
        }

        UInt128 hash = SipHash128.Of(stackalloc byte[SipHash128.KeyBytes], name);
        return [(byte)'.', .. System.Text.Encoding.ASCII.GetBytes(((ulong)hash).ToString("x16", CultureInfo.InvariantCulture)), .. Suffix];
    }
}
