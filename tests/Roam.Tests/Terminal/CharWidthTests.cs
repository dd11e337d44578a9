using System.Globalization;
using Roam.Lab;
using Roam.Terminal;
using Roam.Tests.House;
using Wcwidth;

namespace Roam.Tests.Terminal;

public sealed class CharWidthTests
{
    [Fact]
    public void The_table_says_what_the_rules_say_for_every_code_point()
    {
        WidthRules rules = new(Path.Combine(SourceTree.Root, WidthsVerb.Folder));
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (rules.WidthOf(codePoint) != CharWidth.Of(codePoint))
            {
                Assert.Fail($"U+{codePoint:X4}: {CharWidth.Of(codePoint)} instead of {rules.WidthOf(codePoint)}");
            }
        }
    }

    /// <summary>Where the package gives no column to what is visible by itself, and libc does: spacing marks, prepended signs, skin tones, and one letter.</summary>
    [Fact]
    public void Only_visible_characters_of_no_width_differ_from_the_package()
    {
        List<int> differing = [.. Enumerable.Range(0xA0, 0x110000 - 0xA0).Where(static c => c is not (>= 0xD800 and < 0xE000) && CharWidth.Of(c) != UnicodeCalculator.GetWidth(c))];
        Assert.All(differing, static c => Assert.Equal(0, UnicodeCalculator.GetWidth(c)));
        Assert.All(differing, static c => Assert.NotEqual(0, CharWidth.Of(c)));
        Assert.All(differing, static c => Assert.True(
            c is 0x1200 or (>= 0x1F3FB and <= 0x1F3FF) || ClusterBreak.ClassOf(c) == ClusterClass.Prepend || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherNotAssigned,
            $"U+{c:X4}"));
    }

    [Fact]
    public void Unassigned_is_narrow_but_for_the_wide_blocks_and_private_use_is_narrow()
    {
        Assert.All((int[])[0x0378, 0x1FFFE, 0x3FFFF, 0xE0080, 0x10FFFF], static c => Assert.Equal(1, CharWidth.Of(c)));
        Assert.All((int[])[0x2FFFD, 0x3FFFD, 0x323B0], static c => Assert.Equal(2, CharWidth.Of(c)));
        Assert.DoesNotContain(Enumerable.Range(0xE000, 0x1900).Concat(Enumerable.Range(0xF0000, 0xFFFE)).Concat(Enumerable.Range(0x100000, 0xFFFE)), static c => CharWidth.Of(c) != 1);
    }

    [Fact]
    public void The_generated_file_is_up_to_date()
    {
        string file = Path.Combine(SourceTree.Root, "src", "Roam.Terminal", "Unicode", "CharWidth.g.cs");
        Assert.Equal(WidthTableGenerator.Generate(Path.Combine(SourceTree.Root, WidthsVerb.Folder)), File.ReadAllText(file));
    }

    [Theory]
    [InlineData('a', 1)]
    [InlineData(0x0301, 0)]
    [InlineData(0x200D, 0)]
    [InlineData(0xFE0F, 0)]
    [InlineData(0x4E2D, 2)]
    [InlineData(0xAC00, 2)]
    [InlineData(0x1F600, 2)]
    [InlineData(0xE0B0, 1)]
    [InlineData(0x0903, 1)]
    [InlineData(0x0600, 1)]
    [InlineData(0x1200, 1)]
    [InlineData(0x302E, 2)]
    [InlineData(0x1F3FB, 2)]
    [InlineData(0x0378, 1)]
    [InlineData(0x2FFFD, 2)]
    [InlineData(0x110000, 1)]
    [InlineData(-1, 1)]
    public void Known_widths(int codePoint, int width)
    {
        Assert.Equal(width, CharWidth.Of(codePoint));
    }
}
