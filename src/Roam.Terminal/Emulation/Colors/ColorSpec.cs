using System.Globalization;
using System.Text;

namespace Roam.Terminal;

/// <summary>
/// Colours as XParseColor reads them: rgb:r/g/b with 1-4 digits each (scaled), # with 3, 6, 9 or 12 digits (the most significant ones), names. 8 bits of each part are kept.
/// Not read: rgbi: and the device-independent CIE and Tek forms, which mean something only together with the properties of one screen.
/// </summary>
internal static class ColorSpec
{
    private const int DigitsMax = 4;

    public static bool TryParse(ReadOnlySpan<byte> spec, out Color color)
    {
        if (spec.StartsWith("#"u8))
        {
            return TryParseHash(spec[1..], out color);
        }

        if (spec.Length > 4 && Ascii.EqualsIgnoreCase(spec[..4], "rgb:"u8))
        {
            return TryParseRgb(spec[4..], out color);
        }

        return ColorNames.TryFind(spec, out color);
    }

    private static bool TryParseRgb(ReadOnlySpan<byte> text, out Color color)
    {
        Span<byte> parts = stackalloc byte[3];
        color = default;
        for (int i = 0; i < 3; i++)
        {
            int end = i < 2 ? text.IndexOf((byte)'/') : text.Length;
            if (end < 0 || !TryParseDigits(text[..end], out int value))
            {
                return false;
            }

            parts[i] = (byte)(value * 0xFFFFL / ((1 << (4 * end)) - 1) >> 8);
            text = i < 2 ? text[(end + 1)..] : default;
        }

        color = Color.Rgb(parts[0], parts[1], parts[2]);
        return true;
    }

    private static bool TryParseHash(ReadOnlySpan<byte> text, out Color color)
    {
        color = default;
        int digits = text.Length / 3;
        if (text.Length % 3 != 0
            || !TryParseDigits(text[..digits], out int red)
            || !TryParseDigits(text[digits..(2 * digits)], out int green)
            || !TryParseDigits(text[(2 * digits)..], out int blue))
        {
            return false;
        }

        int shift = 16 - (4 * digits);
        color = Color.Rgb((byte)((red << shift) >> 8), (byte)((green << shift) >> 8), (byte)((blue << shift) >> 8));
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        return digits.Length is > 0 and <= DigitsMax && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
