using System.Globalization;
using Roam.Lab;

namespace Roam.Tests.Terminal;

/// <summary>
/// One test of a .test file, in the manner of libvterm's: a line "! title" (or "!20x5 title") begins it on a fresh terminal, then PUSH "bytes" (also "bytes"*count),
/// RESIZE width,height, CLIENT words (see <see cref="GoldenExtras"/>), ALLOW clipboard-query (a fresh terminal that allows it), and questions "?what = answer". Lines that begin with # are remarks.
/// Escapes in strings: those of <see cref="EscapedText"/>.
/// </summary>
internal sealed record GoldenScript(string File, string Title, int Width, int Height, IReadOnlyList<(int Line, string Text)> Steps)
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 25;

    public static IEnumerable<GoldenScript> Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        GoldenScript? current = null;
        List<(int, string)> steps = [];
        int line = 0;
        foreach (string raw in System.IO.File.ReadLines(path))
        {
            line++;
            string text = raw.Trim();
            if (text.StartsWith('!'))
            {
                if (current is not null)
                {
                    yield return current;
                }

                steps = [];
                current = Header(name, text[1..], steps);
            }
            else if (text.Length != 0 && text[0] != '#')
            {
                steps.Add((line, text));
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    private static GoldenScript Header(string file, string text, List<(int, string)> steps)
    {
        int space = text.IndexOf(' ');
        string size = text[..space];
        string title = text[(space + 1)..].Trim();
        if (size.Length == 0)
        {
            return new GoldenScript(file, title, DefaultWidth, DefaultHeight, steps);
        }

        int[] sides = [.. size.Split('x').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        return new GoldenScript(file, title, sides[0], sides[1], steps);
    }

    /// <summary>The bytes of a quoted string, repeated if "*count" follows.</summary>
    public static byte[] Bytes(string quoted)
    {
        int end = quoted.LastIndexOf('"');
        byte[] once = EscapedText.Unescape(quoted[1..end]);
        string behind = quoted[(end + 1)..].Trim();
        int count = behind.Length == 0 ? 1 : int.Parse(behind.AsSpan(1), CultureInfo.InvariantCulture);
        return [.. Enumerable.Repeat(once, count).SelectMany(static b => b)];
    }
}
