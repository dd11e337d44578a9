using System.Text;

namespace Roam.Terminal;

/// <summary>
/// Extended grapheme clusters by UAX 29, one code point after the other. The platform's own (StringInfo) lacks rule GB9c and is of the runtime's Unicode version;
/// this one is of the table's, in ClusterBreak.g.cs: page index by the upper bits, then 4 bits a code point.
/// </summary>
public static partial class ClusterBreak
{
    private const int CodePointMax = 0x10FFFF;
    private const int NonJoiner = 0x200C;

    public static ClusterClass ClassOf(int codePoint)
    {
        if ((uint)codePoint > CodePointMax)
        {
            return ClusterClass.Other;
        }

        int page = PageIndex[codePoint >> 8];
        return (ClusterClass)((Pages[(page << 7) | ((codePoint & 0xFF) >> 1)] >> ((codePoint & 1) * 4)) & 0xF);
    }

    /// <summary>Whether a cluster that ends in the one may be continued by the other; the few rules that look further back are taken to hold.</summary>
    public static bool MayContinue(ClusterClass last, ClusterClass next)
    {
        // GB4, GB5.
        if (last == ClusterClass.Control || next == ClusterClass.Control)
        {
            return false;
        }

        // GB9b.
        if (last == ClusterClass.Prepend)
        {
            return true;
        }

        return next switch
        {
            // GB9, GB9a.
            ClusterClass.Extend or ClusterClass.Linker or ClusterClass.Joiner or ClusterClass.SpacingMark => true,

            // GB6, GB7, GB8.
            ClusterClass.HangulL or ClusterClass.HangulLV or ClusterClass.HangulLVT => last == ClusterClass.HangulL,
            ClusterClass.HangulV => last is ClusterClass.HangulL or ClusterClass.HangulV or ClusterClass.HangulLV,
            ClusterClass.HangulT => last is ClusterClass.HangulV or ClusterClass.HangulT or ClusterClass.HangulLV or ClusterClass.HangulLVT,

            // GB9c, GB11, GB12 and GB13, as far as the neighbours tell.
            ClusterClass.Consonant => last is ClusterClass.Linker or ClusterClass.Extend or ClusterClass.Joiner,
            ClusterClass.Pictograph or ClusterClass.TextPictograph => last == ClusterClass.Joiner,
            ClusterClass.RegionalIndicator => last == ClusterClass.RegionalIndicator,
            _ => false,
        };
    }

    /// <summary>Whether the code point belongs to the cluster that the text is or ends in.</summary>
    public static bool Continues(ReadOnlySpan<char> cluster, int next)
    {
        if (cluster.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<char> before = cluster;
        int last = TakeLast(ref before);
        ClusterClass lastClass = ClassOf(last);
        ClusterClass nextClass = ClassOf(next);
        if (!MayContinue(lastClass, nextClass))
        {
            // GB3.
            return last == '\r' && next == '\n';
        }

        return lastClass == ClusterClass.Prepend || nextClass switch
        {
            ClusterClass.Consonant => EndsInLinkedConsonant(cluster),
            ClusterClass.Pictograph or ClusterClass.TextPictograph => EndsInPictograph(before),
            ClusterClass.RegionalIndicator => EndsInHalfFlag(cluster),
            _ => true,
        };
    }

    /// <summary>Removes the last code point and returns it; half a surrogate pair counts as U+FFFD.</summary>
    internal static int TakeLast(ref ReadOnlySpan<char> text)
    {
        Rune.DecodeLastFromUtf16(text, out Rune last, out int length);
        text = text[..^length];
        return last.Value;
    }

    /// <summary>GB9c: a consonant, then marks with a linker among them (ZWNJ is a mark that separates).</summary>
    private static bool EndsInLinkedConsonant(ReadOnlySpan<char> text)
    {
        bool linked = false;
        while (!text.IsEmpty)
        {
            int codePoint = TakeLast(ref text);
            switch (ClassOf(codePoint))
            {
                case ClusterClass.Consonant:
                    return linked;
                case ClusterClass.Linker:
                    linked = true;
                    break;
                case ClusterClass.Joiner:
                case ClusterClass.Extend when codePoint != NonJoiner:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>GB11, what stands before the joiner: a pictograph, then marks.</summary>
    private static bool EndsInPictograph(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            switch (ClassOf(TakeLast(ref text)))
            {
                case ClusterClass.Pictograph or ClusterClass.TextPictograph:
                    return true;
                case ClusterClass.Extend or ClusterClass.Linker:
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>GB12, GB13: an odd number of regional indicators.</summary>
    private static bool EndsInHalfFlag(ReadOnlySpan<char> text)
    {
        bool odd = false;
        while (!text.IsEmpty && ClassOf(TakeLast(ref text)) == ClusterClass.RegionalIndicator)
        {
            odd = !odd;
        }

        return odd;
    }
}
