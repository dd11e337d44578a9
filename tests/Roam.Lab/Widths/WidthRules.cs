using Roam.Terminal;
using Wcwidth;

namespace Roam.Lab;

/// <summary>
/// What the width table must say: what the Wcwidth package says, and libc's wcwidth where the package departs from it, since programs on the server compute with that one
/// (docs/adr/0006-width-table.md has the reasons).
/// </summary>
internal sealed class WidthRules
{
    /// <summary>The first letter behind the Hangul jamo: the package (4.0.1) takes it for one of them.</summary>
    private const int EthiopicHa = 0x1200;

    /// <summary>Spacing marks that are wide (East_Asian_Width=W).</summary>
    private static readonly int[] WideMarks = [0x302E, 0x302F, 0x16FF0, 0x16FF1];

    private readonly ClusterClass[] _classes;
    private readonly bool[] _spacingMarks;

    /// <summary>Reads the data files of a folder.</summary>
    public WidthRules(string folder)
    {
        _classes = UnicodeRanges.Read(Path.Combine(folder, WidthsVerb.ClusterData), Enum.Parse<ClusterClass>);
        _spacingMarks = UnicodeRanges.Read(Path.Combine(folder, WidthsVerb.SpacingMarks), static _ => true);
    }

    /// <summary>Controls and surrogates are never looked up; they count as 0 and 1.</summary>
    public int WidthOf(int codePoint)
    {
        if (codePoint < 0x20 || codePoint is >= 0x7F and < 0xA0)
        {
            return 0;
        }

        if (WideMarks.Contains(codePoint) || codePoint is >= 0x1F3FB and <= 0x1F3FF)
        {
            return 2;
        }

        bool narrow = codePoint is (>= 0xD800 and < 0xE000) or EthiopicHa || _spacingMarks[codePoint] || _classes[codePoint] == ClusterClass.Prepend;
        return narrow ? 1 : Math.Max(0, UnicodeCalculator.GetWidth(codePoint));
    }
}
