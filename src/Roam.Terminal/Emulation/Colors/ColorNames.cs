using System.Text;

namespace Roam.Terminal;

/// <summary>The names of X11's rgb.txt that programs and people use; the grey scale gray0-gray100 besides. Case and spaces do not matter.</summary>
internal static class ColorNames
{
    /// <summary>Longer names are none.</summary>
    private const int LengthMax = 24;

    private static readonly (string Name, uint Value)[] Names =
    [
        ("black", 0x000000), ("white", 0xFFFFFF), ("red", 0xFF0000), ("green", 0x00FF00), ("blue", 0x0000FF), ("yellow", 0xFFFF00), ("cyan", 0x00FFFF), ("magenta", 0xFF00FF),
        ("gray", 0xBEBEBE), ("grey", 0xBEBEBE), ("lightgray", 0xD3D3D3), ("lightgrey", 0xD3D3D3), ("darkgray", 0xA9A9A9), ("darkgrey", 0xA9A9A9), ("dimgray", 0x696969),
        ("dimgrey", 0x696969), ("slategray", 0x708090), ("slategrey", 0x708090), ("darkred", 0x8B0000), ("darkgreen", 0x006400), ("darkblue", 0x00008B), ("darkcyan", 0x008B8B),
        ("darkmagenta", 0x8B008B), ("lightblue", 0xADD8E6), ("lightgreen", 0x90EE90), ("lightyellow", 0xFFFFE0), ("lightcyan", 0xE0FFFF), ("orange", 0xFFA500), ("darkorange", 0xFF8C00),
        ("brown", 0xA52A2A), ("pink", 0xFFC0CB), ("hotpink", 0xFF69B4), ("purple", 0xA020F0), ("violet", 0xEE82EE), ("gold", 0xFFD700), ("navy", 0x000080), ("maroon", 0xB03060),
        ("turquoise", 0x40E0D0), ("skyblue", 0x87CEEB), ("steelblue", 0x4682B4), ("royalblue", 0x4169E1), ("dodgerblue", 0x1E90FF), ("forestgreen", 0x228B22), ("limegreen", 0x32CD32),
        ("seagreen", 0x2E8B57), ("springgreen", 0x00FF7F), ("firebrick", 0xB22222), ("tomato", 0xFF6347), ("coral", 0xFF7F50), ("salmon", 0xFA8072), ("khaki", 0xF0E68C), ("tan", 0xD2B48C),
        ("beige", 0xF5F5DC), ("ivory", 0xFFFFF0), ("wheat", 0xF5DEB3), ("orchid", 0xDA70D6), ("plum", 0xDDA0DD), ("indigo", 0x4B0082),
    ];

    public static bool TryFind(ReadOnlySpan<byte> text, out Color color)
    {
        color = default;
        Span<char> name = stackalloc char[LengthMax];
        int length = 0;
        foreach (byte b in text)
        {
            if (b == ' ')
            {
                continue;
            }

            if (length == LengthMax || !char.IsAsciiLetterOrDigit((char)b))
            {
                return false;
            }

            name[length++] = char.ToLowerInvariant((char)b);
        }

        name = name[..length];
        foreach ((string known, uint value) in Names)
        {
            if (name.SequenceEqual(known))
            {
                color = Color.Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
                return true;
            }
        }

        return TryFindGrey(name, out color);
    }

    private static bool TryFindGrey(ReadOnlySpan<char> name, out Color color)
    {
        color = default;
        if (!(name.StartsWith("gray") || name.StartsWith("grey")) || name.Length is < 5 or > 7)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[3];
        Ascii.FromUtf16(name[4..], digits, out int count);
        int percent = OscFields.NumberOf(digits[..count]);
        if (percent is < 0 or > 100)
        {
            return false;
        }

        byte level = (byte)(((percent * 255) + 50) / 100);
        color = Color.Rgb(level, level, level);
        return true;
    }
}
