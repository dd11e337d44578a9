using System.Text;

namespace Roam.Terminal;

/// <summary>How many columns clusters take (mode 2027): as many as their widest part, and two whenever they are an emoji.</summary>
public static class ClusterWidth
{
    private const int EmojiPresentation = 0xFE0F;

    /// <summary>The width of a cluster of this text and width once the code point has joined it. It never shrinks: VS15 asks for another look, not for another width.</summary>
    public static int After(ReadOnlySpan<char> cluster, int width, int next)
    {
        int last = ClusterBreak.TakeLast(ref cluster);
        ClusterClass lastClass = ClusterBreak.ClassOf(last);
        ClusterClass nextClass = ClusterBreak.ClassOf(next);
        bool isEmoji = nextClass switch
        {
            // VS16, also in keycaps.
            ClusterClass.Extend => next == EmojiPresentation && (lastClass == ClusterClass.TextPictograph || last is '#' or '*' or (>= '0' and <= '9')),
            ClusterClass.RegionalIndicator => lastClass == ClusterClass.RegionalIndicator,
            ClusterClass.Pictograph or ClusterClass.TextPictograph => lastClass == ClusterClass.Joiner,
            _ => false,
        };
        return isEmoji ? 2 : Math.Max(width, CharWidth.Of(next));
    }

    /// <summary>How much of a cell's text a terminal without clusters puts into one cell: its first code point and the zero-width ones behind it; and how wide that is.</summary>
    internal static int SimplePrefix(ReadOnlySpan<char> text, out int width)
    {
        Rune.DecodeFromUtf16(text, out Rune first, out int length);
        width = CharWidth.Of(first.Value);
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out Rune mark, out int markLength);
            if (CharWidth.Of(mark.Value) != 0)
            {
                break;
            }

            length += markLength;
        }

        return length;
    }
}
