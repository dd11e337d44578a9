namespace Roam.Terminal;

/// <summary>Renditions put aside by XTPUSHSGR, each with what of it is to come back.</summary>
internal sealed class RenditionStack
{
    /// <summary>As in xterm. At the limit the oldest entry goes.</summary>
    public const int DepthMax = 10;

    private readonly (Style Pen, SavedRendition Parts)[] _entries = new (Style, SavedRendition)[DepthMax];
    private int _count;

    public void Push(Style pen, SavedRendition parts)
    {
        if (_count == DepthMax)
        {
            _entries.AsSpan(1).CopyTo(_entries);
            _count--;
        }

        _entries[_count++] = (pen, parts);
    }

    /// <summary>The pen with what the newest entry saved put back into it.</summary>
    public Style PopInto(Style pen)
    {
        if (_count == 0)
        {
            return pen;
        }

        (Style saved, SavedRendition parts) = _entries[--_count];
        StyleAttributes attributes = (pen.Attributes & ~parts.Attributes) | (saved.Attributes & parts.Attributes);
        return new Style(
            parts.Foreground ? saved.Foreground : pen.Foreground,
            parts.Background ? saved.Background : pen.Background,
            parts.UnderlineColor ? saved.UnderlineColor : pen.UnderlineColor,
            attributes);
    }

    public void Clear() => _count = 0;
}
