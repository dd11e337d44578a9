using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Styles in words: "bold curly fg=1 bg=#102030 ul=5", "plain" for the default.</summary>
internal static class StyleText
{
    private static readonly (StyleAttributes Bit, string Name)[] Names =
    [
        (StyleAttributes.Bold, "bold"),
        (StyleAttributes.Faint, "faint"),
        (StyleAttributes.Italic, "italic"),
        (StyleAttributes.Blink, "blink"),
        (StyleAttributes.RapidBlink, "rapid"),
        (StyleAttributes.Inverse, "inverse"),
        (StyleAttributes.Invisible, "invisible"),
        (StyleAttributes.Strike, "strike"),
        (StyleAttributes.Overline, "overline"),
    ];

    private static readonly string[] Underlines = ["", " underline", " double", " curly", " dotted", " dashed"];

    public static string Describe(Style style)
    {
        StringBuilder words = new();
        foreach ((StyleAttributes bit, string name) in Names)
        {
            if ((style.Attributes & bit) != 0)
            {
                words.Append(' ').Append(name);
            }
        }

        words.Append(Underlines[(int)(style.Attributes & StyleAttributes.UnderlineMask) / (int)StyleAttributes.UnderlineSingle]);
        AppendColor(words, " fg=", style.Foreground);
        AppendColor(words, " bg=", style.Background);
        AppendColor(words, " ul=", style.UnderlineColor);
        return words.Length == 0 ? "plain" : words.ToString(1, words.Length - 1);
    }

    private static void AppendColor(StringBuilder words, string name, Color color)
    {
        if (color.IsIndexed)
        {
            words.Append(CultureInfo.InvariantCulture, $"{name}{color.Index}");
        }
        else if (color.IsRgb)
        {
            words.Append(CultureInfo.InvariantCulture, $"{name}#{color.Red:x2}{color.Green:x2}{color.Blue:x2}");
        }
    }
}
