using System.Text.RegularExpressions;

namespace Roam.Tests.Display;

/// <summary>What a diff may consist of so that a stock client reads it right (terminal.md section 2).</summary>
internal static partial class WireSyntax
{
    /// <summary>The first thing in the diff that is not allowed; null when all is well.</summary>
    public static string? FindForeign(string diff)
    {
        int at = 0;
        while (at < diff.Length)
        {
            Match match = Allowed().Match(diff, at);
            if (!match.Success || match.Length == 0)
            {
                return Pictures.Readable(diff.Substring(at, Math.Min(40, diff.Length - at)));
            }

            at += match.Length;
        }

        return null;
    }

    [GeneratedRegex(
        @"\G(?:[\x07\x08\x0A\x0D]" // BEL BS LF CR
        + @"|[^\x00-\x1F\x7F-\x9F]+" // text
        + @"|\x1B\](?:[012];|52;c;)[^\x00-\x1F\x7F-\x9F]*\x07"
        + @"|\x1B\]2027;[12];[^\x00-\x1F\x7F-\x9F]*\x07(?=\x1B\[)" // a cluster's rest, then the place given again
        + @"|\x1B\[(?:\d+(?:;\d+)?)?H|\x1B\[2J|\x1B\[K|\x1B\[\d+X|\x1B\[(?:\d+;\d+)?r"
        + @"|\x1B\[0(?:;(?:[134578]|3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;5;\d+|[34]8;2;\d+;\d+;\d+))*m"
        + @"|\x1B\[(?:2|6|9|53)m|\x1B\[4:[2-5]m|\x1B\[58:5:\d+m|\x1B\[58:2::\d+:\d+:\d+m"
        + @"|\x1B\[\?(?:5|9|25|1000|1001|1002|1003|1004|1005|1006|1015|1016|2004)[hl]"
        + @"|\x1B\[\?1007[hl](?=\x1B\[(?:\d+(?:;\d+)?)?H)" // unknown to stock, so the place is given again
        + @"|\x1B\[[0-6] q\x1B\[(?:\d+(?:;\d+)?)?H|\x1B\[[0-6] q(?=\x1B\[\?))")] // DECSCUSR, then the place given again (modes may stand between)
    private static partial Regex Allowed();
}
