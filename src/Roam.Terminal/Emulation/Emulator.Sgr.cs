namespace Roam.Terminal;

/// <summary>SGR (ECMA-48 8.3.117, xterm ctlseqs, kitty's underline styles). A parameter that is unknown or malformed changes nothing and spoils none beside it.</summary>
public sealed partial class Emulator
{
    private void SelectGraphicRendition(in Parameters parameters)
    {
        Style pen = Screen.Pen;
        if (parameters.Count == 0)
        {
            pen = Style.Default;
        }

        int i = 0;
        while (i < parameters.Count)
        {
            i += ApplyRendition(ref pen, in parameters, i);
        }

        Screen.Pen = pen;
        ForgetPen();
    }

    /// <summary>Applies the rendition at index; returns how many parameters (with sub-parameters) it took.</summary>
    private static int ApplyRendition(ref Style pen, in Parameters parameters, int index)
    {
        int rendition = parameters.ValueOr(index, 0);
        int subs = parameters.HasNoSubs ? 0 : parameters.SubCount(index);
        if (rendition is 38 or 48 or 58)
        {
            bool known = subs > 0
                ? TryReadColonColor(in parameters, index, subs, out Color color, out int used)
                : TryReadSemicolonColor(in parameters, index, out color, out used);
            if (known)
            {
                pen = rendition switch
                {
                    38 => pen with { Foreground = color },
                    48 => pen with { Background = color },
                    _ => pen with { UnderlineColor = color },
                };
            }

            return used;
        }

        if (subs == 0)
        {
            pen = Simple(in pen, rendition);
        }
        else if (rendition == 4 && subs == 1)
        {
            pen = WithUnderline(in pen, parameters.ValueOr(index + 1, 1));
        }

        return 1 + subs;
    }

    private static Style Simple(in Style pen, int rendition) => rendition switch
    {
        0 => Style.Default,
        1 => With(in pen, StyleAttributes.Bold),
        2 => With(in pen, StyleAttributes.Faint),
        3 => With(in pen, StyleAttributes.Italic),
        4 => WithUnderline(in pen, 1),
        5 => With(in pen, StyleAttributes.Blink),
        6 => With(in pen, StyleAttributes.RapidBlink),
        7 => With(in pen, StyleAttributes.Inverse),
        8 => With(in pen, StyleAttributes.Invisible),
        9 => With(in pen, StyleAttributes.Strike),
        21 => WithUnderline(in pen, 2),
        22 => Without(in pen, StyleAttributes.Bold | StyleAttributes.Faint),
        23 => Without(in pen, StyleAttributes.Italic),
        24 => WithUnderline(in pen, 0),
        25 => Without(in pen, StyleAttributes.Blink | StyleAttributes.RapidBlink),
        27 => Without(in pen, StyleAttributes.Inverse),
        28 => Without(in pen, StyleAttributes.Invisible),
        29 => Without(in pen, StyleAttributes.Strike),
        >= 30 and <= 37 => pen with { Foreground = Color.Indexed((byte)(rendition - 30)) },
        39 => pen with { Foreground = Color.Default },
        >= 40 and <= 47 => pen with { Background = Color.Indexed((byte)(rendition - 40)) },
        49 => pen with { Background = Color.Default },
        53 => With(in pen, StyleAttributes.Overline),
        55 => Without(in pen, StyleAttributes.Overline),
        59 => pen with { UnderlineColor = Color.Default },
        >= 90 and <= 97 => pen with { Foreground = Color.Indexed((byte)(rendition - 90 + 8)) },
        >= 100 and <= 107 => pen with { Background = Color.Indexed((byte)(rendition - 100 + 8)) },
        _ => pen,
    };

    private static Style With(in Style pen, StyleAttributes attribute) => pen with { Attributes = pen.Attributes | attribute };

    private static Style Without(in Style pen, StyleAttributes attribute) => pen with { Attributes = pen.Attributes & ~attribute };

    /// <summary>0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed.</summary>
    private static Style WithUnderline(in Style pen, int underline)
    {
        if (underline > 5)
        {
            return pen;
        }

        StyleAttributes bits = (StyleAttributes)(underline * (int)StyleAttributes.UnderlineSingle);
        return pen with { Attributes = (pen.Attributes & ~StyleAttributes.UnderlineMask) | bits };
    }

    /// <summary>38:5:n, 38:2:r:g:b (as many programs write it) and 38:2:space:r:g:b with anything behind (ISO 8613-6).</summary>
    private static bool TryReadColonColor(in Parameters parameters, int index, int subs, out Color color, out int used)
    {
        used = 1 + subs;
        color = Color.Default;
        int kind = parameters.ValueOr(index + 1, -1);
        if (kind == 5 && subs >= 2)
        {
            return TryIndexed(parameters.ValueOr(index + 2, 0), out color);
        }

        int first = index + (subs >= 5 ? 3 : 2);
        return kind == 2 && subs >= 4 && TryRgb(in parameters, first, out color);
    }

    /// <summary>38;5;n and 38;2;r;g;b. Of an unknown kind only the kind is taken.</summary>
    private static bool TryReadSemicolonColor(in Parameters parameters, int index, out Color color, out int used)
    {
        color = Color.Default;
        switch (parameters.ValueOr(index + 1, -1))
        {
            case 5:
                used = 3;
                return index + 2 < parameters.Count && TryIndexed(parameters.ValueOr(index + 2, 0), out color);
            case 2:
                used = 5;
                return index + 4 < parameters.Count && TryRgb(in parameters, index + 2, out color);
            default:
                used = 2;
                return false;
        }
    }

    private static bool TryIndexed(int value, out Color color)
    {
        color = Color.Indexed((byte)value);
        return value <= byte.MaxValue;
    }

    private static bool TryRgb(in Parameters parameters, int first, out Color color)
    {
        int red = parameters.ValueOr(first, 0);
        int green = parameters.ValueOr(first + 1, 0);
        int blue = parameters.ValueOr(first + 2, 0);
        color = Color.Rgb((byte)red, (byte)green, (byte)blue);
        return (red | green | blue) <= byte.MaxValue;
    }
}
