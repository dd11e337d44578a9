using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>A <see cref="Style"/> while SGR parameters change it: the simple ones, and the parts for the others.</summary>
internal struct PenSetting(in Style style)
{
    private const int UnderlineStyleMax = 5;

    public Color Foreground = style.Foreground;
    public Color Background = style.Background;
    public Color UnderlineColor = style.UnderlineColor;
    private StyleAttributes _attributes = style.Attributes;

    public readonly Style ToStyle() => new(Foreground, Background, UnderlineColor, _attributes);

    /// <summary>A parameter that stands alone. One that is unknown changes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(int rendition)
    {
        if (rendition == 0)
        {
            this = default;
        }
        else if (rendition < 30)
        {
            StyleAttributes set = (StyleAttributes)Set[rendition];
            _attributes = (_attributes & ~(StyleAttributes)Cleared[rendition]) | set;
        }
        else if (rendition < 38)
        {
            Foreground = Color.Indexed((byte)(rendition - 30));
        }
        else
        {
            ApplyFrom38(rendition);
        }
    }

    private void ApplyFrom38(int rendition)
    {
        switch (rendition)
        {
            case 39:
                Foreground = Color.Default;
                break;
            case >= 40 and <= 47:
                Background = Color.Indexed((byte)(rendition - 40));
                break;
            case 49:
                Background = Color.Default;
                break;
            case 53:
                _attributes |= StyleAttributes.Overline;
                break;
            case 55:
                _attributes &= ~StyleAttributes.Overline;
                break;
            case 59:
                UnderlineColor = Color.Default;
                break;
            case >= 90 and <= 97:
                Foreground = Color.Indexed((byte)(rendition - 90 + 8));
                break;
            case >= 100 and <= 107:
                Background = Color.Indexed((byte)(rendition - 100 + 8));
                break;
        }
    }

    /// <summary>0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed; others change nothing.</summary>
    public void SetUnderline(int underline)
    {
        if (underline <= UnderlineStyleMax)
        {
            StyleAttributes bits = (StyleAttributes)(underline * (int)StyleAttributes.UnderlineSingle);
            _attributes = (_attributes & ~StyleAttributes.UnderlineMask) | bits;
        }
    }

    /// <summary>Attributes that SGR 0-29 set, by number.</summary>
    private static ReadOnlySpan<ushort> Set =>
    [
        0, (ushort)StyleAttributes.Bold, (ushort)StyleAttributes.Faint, (ushort)StyleAttributes.Italic, (ushort)StyleAttributes.UnderlineSingle,
        (ushort)StyleAttributes.Blink, (ushort)StyleAttributes.RapidBlink, (ushort)StyleAttributes.Inverse, (ushort)StyleAttributes.Invisible, (ushort)StyleAttributes.Strike,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, (ushort)StyleAttributes.UnderlineDouble, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Attributes that SGR 0-29 take away first, by number.</summary>
    private static ReadOnlySpan<ushort> Cleared =>
    [
        0, 0, 0, 0, (ushort)StyleAttributes.UnderlineMask, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, (ushort)StyleAttributes.UnderlineMask, (ushort)(StyleAttributes.Bold | StyleAttributes.Faint), (ushort)StyleAttributes.Italic, (ushort)StyleAttributes.UnderlineMask,
        (ushort)(StyleAttributes.Blink | StyleAttributes.RapidBlink), 0, (ushort)StyleAttributes.Inverse, (ushort)StyleAttributes.Invisible, (ushort)StyleAttributes.Strike,
    ];
}
