using System.Globalization;
using System.Text;
using Roam.Lab;
using Roam.Terminal;
using Roam.Tests.House;

namespace Roam.Tests.Terminal;

/// <summary>Cluster boundaries, by Unicode's own test file and by ICU's answers for a younger version (the data's sources: README.md here).</summary>
public sealed class ClusterBreakTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Roam.Tests", "Terminal", "Unicode");

    /// <summary>The one line of version 15 that is not true any more: U+2701 was Extended_Pictographic until Unicode 16.</summary>
    private const string Overtaken = "÷ 2701 × 200D × 2701 ÷";

    private const string OvertakenNow = "÷ 2701 × 200D ÷ 2701 ÷";

    [Theory]
    [InlineData("GraphemeBreakTest-15.0.0.txt", 602)]
    [InlineData("GraphemeBreaks-17.0.0.txt", 2944)]
    public void Every_line_of_the_test_file_is_cut_where_it_says(string file, int lines)
    {
        List<string> cases = [.. File.ReadLines(Path.Combine(Folder, file)).Select(static l => l.Split('#')[0].Trim()).Where(static l => l.Length != 0)];
        Assert.Equal(lines, cases.Count);
        Assert.All(cases, static line => Assert.Equal(line == Overtaken ? OvertakenNow : line, Cut(line)));
    }

    [Fact]
    public void The_generated_file_is_up_to_date()
    {
        string folder = Path.Combine(SourceTree.Root, WidthsVerb.Folder);
        Assert.Equal(ClusterTableGenerator.Generate(folder), File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Roam.Terminal", "Unicode", "ClusterBreak.g.cs")));
    }

    [Fact]
    public void The_table_says_what_its_data_say_for_every_code_point()
    {
        ClusterClass[] classes = UnicodeRanges.Read(Path.Combine(SourceTree.Root, WidthsVerb.Folder, WidthsVerb.ClusterData), Enum.Parse<ClusterClass>);
        int differing = Enumerable.Range(0, classes.Length).FirstOrDefault(c => classes[c] != ClusterBreak.ClassOf(c), -1);
        Assert.True(differing < 0, $"U+{differing:X4}");
        Assert.Equal(ClusterClass.Other, ClusterBreak.ClassOf(-1));
        Assert.Equal(ClusterClass.Other, ClusterBreak.ClassOf(0x110000));
    }

    [Fact]
    public void Both_tables_are_of_one_version_not_older_than_sixteen()
    {
        Assert.Equal(CharWidth.UnicodeVersion, ClusterBreak.UnicodeVersion);
        Assert.True(Version.Parse(ClusterBreak.UnicodeVersion) >= new Version(16, 0, 0));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("中", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("❤", 1)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("❤\uFE0E", 1)]
    [InlineData("👍\uFE0E", 2)]
    [InlineData("#\uFE0F\u20E3", 2)]
    [InlineData("a\uFE0F", 1)]
    [InlineData("👍🏽", 2)]
    [InlineData("☝🏽", 2)]
    [InlineData("☝\uFE0F🏽", 2)]
    [InlineData("🇫", 1)]
    [InlineData("🇫🇷", 2)]
    [InlineData("👩\u200D💻", 2)]
    [InlineData("👁\u200D🗨", 2)]
    [InlineData("ᄒ\u1161\u11AB", 2)]
    [InlineData("क\u094Dत", 1)]
    [InlineData("น\u0E33", 1)]
    [InlineData("\u0D4E中", 2)]
    public void Known_widths_of_clusters(string cluster, int width)
    {
        int at = 0;
        int columns = 0;
        foreach (Rune rune in cluster.EnumerateRunes())
        {
            Assert.Equal(at != 0, ClusterBreak.Continues(cluster.AsSpan(0, at), rune.Value));
            columns = at == 0 ? CharWidth.Of(rune.Value) : ClusterWidth.After(cluster.AsSpan(0, at), columns, rune.Value);
            at += rune.Utf16SequenceLength;
        }

        Assert.Equal(width, columns);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        string family = string.Concat(Enumerable.Repeat("👨\u200D👩\u200D👧 🇫🇷🇩🇪 क\u094Dत ᄒ\u1161\u11AB ", 100));
        Allocation.AssertNone(() => Count(family));
    }

    private static int Count(string text)
    {
        int clusters = 0;
        int begin = 0;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (at == begin || !ClusterBreak.Continues(text.AsSpan(begin, at - begin), rune.Value))
            {
                clusters++;
                begin = at;
            }

            at += rune.Utf16SequenceLength;
        }

        return clusters;
    }

    /// <summary>The line with its marks set anew.</summary>
    private static string Cut(string line)
    {
        StringBuilder text = new();
        StringBuilder cluster = new();
        foreach (string word in line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "÷" or "×")
            {
                continue;
            }

            int codePoint = int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bool continues = ClusterBreak.Continues(cluster.ToString(), codePoint);
            text.Append(continues ? "× " : "÷ ").Append(word).Append(' ');
            cluster = (continues ? cluster : cluster.Clear()).Append(new Rune(codePoint).ToString());
        }

        return text.Append('÷').ToString();
    }
}
