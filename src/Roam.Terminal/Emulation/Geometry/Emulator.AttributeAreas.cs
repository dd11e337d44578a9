namespace Roam.Terminal;

/// <summary>DECCARA, DECRARA: renditions of characters that are there (VT420, VT510). Bold, underline, blink, inverse, and invisible as in xterm; colours stay.</summary>
public sealed partial class Emulator
{
    private const StyleAttributes Changeable =
        StyleAttributes.Bold | StyleAttributes.UnderlineMask | StyleAttributes.Blink | StyleAttributes.Inverse | StyleAttributes.Invisible;

    /// <summary>DECSACE 2. Otherwise the area is what one reads from its first corner to its last one, line by line.</summary>
    private bool _changesRectangles;

    /// <summary>DECSACE.</summary>
    private void SelectAttributeChangeExtent(int extent)
    {
        if (extent <= 2)
        {
            _changesRectangles = extent == 2;
        }
    }

    private void ChangeRectangleAttributes(in Parameters parameters)
    {
        AttributeChange change = default;
        for (int i = 4; i < Math.Max(parameters.Count, 5); i++)
        {
            change = change.Then(parameters.ValueOr(i, 0));
        }

        ChangeAttributes(in parameters, change);
    }

    /// <summary>DECRARA: 0 reverses all.</summary>
    private void ReverseRectangleAttributes(in Parameters parameters)
    {
        StyleAttributes reversed = StyleAttributes.None;
        for (int i = 4; i < Math.Max(parameters.Count, 5); i++)
        {
            reversed ^= parameters.ValueOr(i, 0) switch
            {
                0 => Changeable & ~StyleAttributes.Invisible,
                int rendition => AttributeChange.AttributesOf(rendition),
            };
        }

        ChangeAttributes(in parameters, new AttributeChange { Reversed = reversed });
    }

    private void ChangeAttributes(in Parameters parameters, AttributeChange change)
    {
        bool isRectangle = TryReadRectangle(in parameters, 0, out Rectangle area);
        Rectangle limits = AddressableArea();

        // A stream may end left of where it begins.
        bool isStream = !_changesRectangles && area.Top < area.Bottom && area.Left <= limits.Right;
        if (!isRectangle && !isStream)
        {
            return;
        }

        for (int y = area.Top; y <= area.Bottom; y++)
        {
            int left = _changesRectangles || y == area.Top ? area.Left : limits.Left;
            int right = _changesRectangles || y == area.Bottom ? area.Right : limits.Right;
            ChangeRowAttributes(Screen.WritableRow(y).Cells, left, right, change);
        }
    }

    /// <summary>Both halves of a wide character have one rendition: the left one decides. When the table of styles is full, cells keep theirs.</summary>
    private void ChangeRowAttributes(Span<Cell> cells, int left, int right, AttributeChange change)
    {
        StyleTable styles = Screen.Tables.Styles;
        left += cells[left].IsSpacer ? 1 : 0;
        right += cells[right].IsWide ? 1 : 0;
        int known = -1;
        ushort changed = 0;
        for (int x = left; x <= right; x++)
        {
            ushort style = cells[x].Style;
            if (style != known)
            {
                Style old = styles[style];
                if (!styles.TryIntern(old with { Attributes = change.Apply(old.Attributes) }, out changed))
                {
                    changed = style;
                }

                known = style;
            }

            cells[x] = cells[x].WithStyle(changed);
        }
    }
}
