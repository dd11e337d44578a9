namespace Roam.Terminal;

/// <summary>Nearest colours for terminals with fewer of them. Palette values are xterm's: 16 system colours, a 6x6x6 cube, 24 greys.</summary>
internal static class Palette
{
    private const int CubeFirst = 16;
    private const int GreyFirst = 232;
    private const int GreyCount = 24;

    private static readonly byte[] CubeLevels = [0, 95, 135, 175, 215, 255];

    /// <summary>xterm's default values of colours 0-15 (XTerm-col.ad), 0xRRGGBB.</summary>
    private static readonly uint[] System =
    [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ];

    /// <summary>The colour itself if the terminal has it, else its nearest; default where there are no colours.</summary>
    public static Color Reduce(Color color, int colors, bool trueColor)
    {
        if (color.IsDefault || (color.IsRgb && trueColor))
        {
            return color;
        }

        if (colors < 8)
        {
            return Color.Default;
        }

        if (colors >= 256)
        {
            return color.IsRgb ? Color.Indexed(NearestOf256(color.Red, color.Green, color.Blue)) : color;
        }

        int system = colors >= 16 ? 16 : 8;
        if (color.IsIndexed && color.Index < 16)
        {
            return color.Index < system ? color : Color.Indexed((byte)(color.Index - 8));
        }

        uint rgb = color.IsRgb ? color.Value & 0xFFFFFF : ValueOf(color.Index);
        return Color.Indexed(NearestOfSystem(rgb, system));
    }

    /// <summary>The cube or grey entry nearest to the colour; never one of the first 16, which users redefine.</summary>
    public static byte NearestOf256(int red, int green, int blue)
    {
        int r = NearestLevel(red);
        int g = NearestLevel(green);
        int b = NearestLevel(blue);
        int cube = CubeFirst + (36 * r) + (6 * g) + b;
        int grey = Math.Clamp((((red + green + blue) / 3) - 8 + 5) / 10, 0, GreyCount - 1);
        int greyLevel = 8 + (10 * grey);
        int toCube = Distance(red, green, blue, CubeLevels[r], CubeLevels[g], CubeLevels[b]);
        int toGrey = Distance(red, green, blue, greyLevel, greyLevel, greyLevel);
        return (byte)(toGrey < toCube ? GreyFirst + grey : cube);
    }

    /// <summary>0xRRGGBB of a palette entry.</summary>
    public static uint ValueOf(byte index)
    {
        if (index < CubeFirst)
        {
            return System[index];
        }

        if (index >= GreyFirst)
        {
            return (uint)(8 + (10 * (index - GreyFirst))) * 0x010101;
        }

        int cube = index - CubeFirst;
        return ((uint)CubeLevels[cube / 36] << 16) | ((uint)CubeLevels[cube / 6 % 6] << 8) | CubeLevels[cube % 6];
    }

    private static byte NearestOfSystem(uint rgb, int count)
    {
        int best = 0;
        int bestDistance = int.MaxValue;
        for (int i = 0; i < count; i++)
        {
            int distance = Distance(
                (int)(rgb >> 16), (int)(rgb >> 8) & 0xFF, (int)rgb & 0xFF, (int)(System[i] >> 16), (int)(System[i] >> 8) & 0xFF, (int)System[i] & 0xFF);
            if (distance < bestDistance)
            {
                best = i;
                bestDistance = distance;
            }
        }

        return (byte)best;
    }

    private static int NearestLevel(int value) => value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;

    private static int Distance(int r1, int g1, int b1, int r2, int g2, int b2) =>
        ((r1 - r2) * (r1 - r2)) + ((g1 - g2) * (g1 - g2)) + ((b1 - b2) * (b1 - b2));
}
