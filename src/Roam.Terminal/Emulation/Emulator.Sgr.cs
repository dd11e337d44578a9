namespace Roam.Terminal;

/// <summary>SGR (ECMA-48 8.3.117, xterm ctlseqs, kitty's underline styles). A parameter that is unknown or malformed changes nothing and spoils none beside it.</summary>
public sealed partial class Emulator
{
    private void SelectGraphicRendition(in Parameters parameters)
    {
        ForgetPen();
        if (parameters.Count == 0)
        {
            Screen.Pen = Style.Default;
            return;
        }

        PenSetting pen = new(Screen.Pen);
        int i = 0;
        while (i < parameters.Count)
        {
            int rendition = parameters.ValueOr(i, 0);
            int subs = parameters.HasNoSubs ? 0 : parameters.SubCount(i);
            if (rendition is 38 or 48 or 58)
            {
                i += SetColor(ref pen, in parameters, i, subs);
                continue;
            }

            if (subs == 0)
            {
                pen.Apply(rendition);
            }
            else if (rendition == 4 && subs == 1)
            {
                pen.SetUnderline(parameters.ValueOr(i + 1, 1));
            }

            i += 1 + subs;
        }

        Screen.Pen = pen.ToStyle();
    }

    /// <summary>38, 48, 58 at index. Returns how many parameters (with sub-parameters) it took.</summary>
    private static int SetColor(ref PenSetting pen, in Parameters parameters, int index, int subs)
    {
        bool known = subs > 0
            ? TryReadColonColor(in parameters, index, subs, out Color color, out int used)
            : TryReadSemicolonColor(in parameters, index, out color, out used);
        if (!known)
        {
            return used;
        }

        switch (parameters.ValueOr(index, 0))
        {
            case 38:
                pen.Foreground = color;
                break;
            case 48:
                pen.Background = color;
                break;
            default:
                pen.UnderlineColor = color;
                break;
        }

        return used;
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
