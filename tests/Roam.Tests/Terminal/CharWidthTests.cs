using Roam.Lab;
using Roam.Terminal;
using Roam.Tests.House;

namespace Roam.Tests.Terminal;

public sealed class CharWidthTests
{
    [Fact]
    public void The_table_says_what_the_package_says_for_every_code_point()
    {
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (WidthTableGenerator.WidthOf(codePoint) != CharWidth.Of(codePoint))
            {
                Assert.Fail($"U+{codePoint:X4}: {CharWidth.Of(codePoint)} instead of {WidthTableGenerator.WidthOf(codePoint)}");
            }
        }
    }

    [Fact]
    public void The_generated_file_is_up_to_date()
    {
        string file = Path.Combine(SourceTree.Root, "src", "Roam.Terminal", "Unicode", "CharWidth.g.cs");
        Assert.Equal(WidthTableGenerator.Generate(), File.ReadAllText(file));
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
    [InlineData(0x0378, 1)]
    [InlineData(0x2FFFD, 2)]
    [InlineData(0x110000, 1)]
    [InlineData(-1, 1)]
    public void Known_widths(int codePoint, int width)
    {
        Assert.Equal(width, CharWidth.Of(codePoint));
    }
}
