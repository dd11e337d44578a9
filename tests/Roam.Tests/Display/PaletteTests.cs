using Roam.Terminal;

namespace Roam.Tests.Display;

/// <summary>Colours for terminals with fewer of them.</summary>
public sealed class PaletteTests
{
    [Fact]
    public void The_nearest_of_256_is_the_nearest_of_the_cube_and_the_greys()
    {
        Random random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            int red = random.Next(256);
            int green = i % 2 == 0 ? red : random.Next(256);
            int blue = i % 2 == 0 ? red : random.Next(256);
            int best = Enumerable.Range(16, 240).Min(c => Distance(red, green, blue, Palette.ValueOf((byte)c)));
            Assert.Equal(best, Distance(red, green, blue, Palette.ValueOf(Palette.NearestOf256(red, green, blue))), best / 4.0);
        }
    }

    [Fact]
    public void What_the_terminal_has_stays_as_it_is()
    {
        Assert.Equal(Color.Indexed(200), Palette.Reduce(Color.Indexed(200), 256, false));
        Assert.Equal(Color.Rgb(1, 2, 3), Palette.Reduce(Color.Rgb(1, 2, 3), 8, true));
        Assert.Equal(Color.Indexed(5), Palette.Reduce(Color.Indexed(5), 8, false));
        Assert.Equal(Color.Default, Palette.Reduce(Color.Default, 8, false));
    }

    [Fact]
    public void What_it_does_not_have_comes_near()
    {
        Assert.Equal(Color.Indexed(4), Palette.Reduce(Color.Indexed(12), 8, false));
        Assert.Equal(Color.Indexed(9), Palette.Reduce(Color.Indexed(196), 16, false));
        Assert.Equal(Color.Indexed(1), Palette.Reduce(Color.Rgb(200, 10, 10), 8, false));
        Assert.Equal(Color.Indexed(231), Palette.Reduce(Color.Rgb(255, 255, 255), 256, false));
        Assert.Equal(Color.Default, Palette.Reduce(Color.Rgb(255, 255, 255), 0, false));
    }

    private static int Distance(int red, int green, int blue, uint rgb)
    {
        int r = red - (int)(rgb >> 16);
        int g = green - (int)((rgb >> 8) & 0xFF);
        int b = blue - (int)(rgb & 0xFF);
        return (r * r) + (g * g) + (b * b);
    }
}
