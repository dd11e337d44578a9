using System.Text;

namespace Roam.Terminal;

/// <summary>
/// Rectangular areas (VT420, VT510): copy, fill, erase. Coordinates count from the margins in origin mode and are kept inside them, else inside the screen; other than that the
/// margins do not matter, and neither cursor nor pending wrap is touched. An area whose corners are in the wrong order is none. There is one page: page numbers are ignored.
/// </summary>
public sealed partial class Emulator
{
    private bool DispatchRectangles(uint selector, in Parameters parameters)
    {
        switch (selector)
        {
            case Selector.Dollar | 'v':
                CopyRectangle(in parameters);
                return true;
            case Selector.Dollar | 'x':
                FillRectangle(in parameters);
                return true;
            case Selector.Dollar | 'z' when TryReadRectangle(in parameters, 0, out Rectangle area):
                EraseRectangle(area);
                return true;
            case Selector.Dollar | '{' when TryReadRectangle(in parameters, 0, out Rectangle area):
                SelectiveEraseRectangle(area);
                return true;
            case Selector.Dollar | 'r':
                ChangeRectangleAttributes(in parameters);
                return true;
            case Selector.Dollar | 't':
                ReverseRectangleAttributes(in parameters);
                return true;
            case Selector.Asterisk | 'x':
                SelectAttributeChangeExtent(parameters.ValueOr(0, 0));
                return true;
            case Selector.Hash | 'y':
                _checksumOptions = (ChecksumOptions)parameters.ValueOr(0, 0);
                return true;
            case Selector.Asterisk | 'y':
                ReportChecksum(in parameters);
                return true;
            case Selector.Quote | 'q':
                SelectCharacterProtection(parameters.ValueOr(0, 0));
                return true;
            case Selector.Hash | '{' or Selector.Hash | 'p':
                PushRendition(in parameters);
                return true;
            case Selector.Hash | '}' or Selector.Hash | 'q':
                PopRendition();
                return true;
            default:
                return false;
        }
    }

    /// <summary>What coordinates may reach: the margins in origin mode, else the screen.</summary>
    private Rectangle AddressableArea() => _modes.Origin
        ? new Rectangle(Screen.MarginTop, Screen.MarginLeft, Screen.MarginBottom, Screen.MarginRight)
        : new Rectangle(0, 0, Screen.Height - 1, Screen.Width - 1);

    /// <summary>Four parameters: top, left, bottom, right; the first two default to 1, the others to the last line and column.</summary>
    private bool TryReadRectangle(in Parameters parameters, int index, out Rectangle area)
    {
        Rectangle limits = AddressableArea();
        int bottom = parameters.ValueOr(index + 2, 0);
        int right = parameters.ValueOr(index + 3, 0);
        area = new Rectangle(
            limits.Top + parameters.CountOrPosition(index) - 1,
            limits.Left + parameters.CountOrPosition(index + 1) - 1,
            bottom == 0 ? limits.Bottom : Math.Min(limits.Top + bottom - 1, limits.Bottom),
            right == 0 ? limits.Right : Math.Min(limits.Left + right - 1, limits.Right));
        return area.Top <= area.Bottom && area.Left <= area.Right;
    }

    /// <summary>DECCRA. What would lie outside at the target is not copied.</summary>
    private void CopyRectangle(in Parameters parameters)
    {
        Rectangle limits = AddressableArea();
        int row = limits.Top + parameters.CountOrPosition(5) - 1;
        int column = limits.Left + parameters.CountOrPosition(6) - 1;
        if (row > limits.Bottom || column > limits.Right || !TryReadRectangle(in parameters, 0, out Rectangle source))
        {
            return;
        }

        source = source with
        {
            Bottom = Math.Min(source.Bottom, source.Top + limits.Bottom - row),
            Right = Math.Min(source.Right, source.Left + limits.Right - column),
        };
        CopyCells(source, row, column, wholeLines: false);
    }

    /// <summary>DECFRA: with the character as the charset in use means it, in the pen's rendition and protection. A wide character fills whole pairs of columns.</summary>
    private void FillRectangle(in Parameters parameters)
    {
        int codePoint = parameters.ValueOr(0, 0);
        if (codePoint is < 0x20 or (> 0x7E and < 0xA0) || !Rune.IsValid(codePoint) || CharWidth.Of(codePoint) == 0 || !TryReadRectangle(in parameters, 1, out Rectangle area))
        {
            return;
        }

        if (codePoint < 0x7F)
        {
            // On a copy: filling does not use up a single shift.
            CharsetState charsets = _charsets;
            codePoint = charsets.Translate((byte)codePoint);
        }

        int width = CharWidth.Of(codePoint);
        ulong attributes = PenAttributes();
        for (int y = area.Top; y <= area.Bottom; y++)
        {
            Row row = Screen.WritableRow(y);
            Span<Cell> cells = row.Cells;
            SplitWide(cells, area.Left);
            SplitWide(cells, area.Right + 1);
            FillCells(cells.Slice(area.Left, area.Width), codePoint, width, attributes);
            row.Occupied = (ushort)Math.Max((int)row.Occupied, area.Right + 1);
        }
    }

    private static void FillCells(Span<Cell> cells, int codePoint, int width, ulong attributes)
    {
        if (width == 1)
        {
            cells.Fill(Cell.Of(codePoint, 1, attributes));
            return;
        }

        cells.Fill(Cell.Of(' ', 1, attributes));
        for (int x = 0; x + 1 < cells.Length; x += 2)
        {
            cells[x] = Cell.Of(codePoint, 2, attributes);
            cells[x + 1] = Cell.Spacer(attributes);
        }
    }

    /// <summary>DECSERA: spares what DECSCA protected. Not what SPA did (xterm).</summary>
    private void SelectiveEraseRectangle(Rectangle area)
    {
        if (_protection == Protection.Iso)
        {
            EraseRectangle(area);
            return;
        }

        for (int y = area.Top; y <= area.Bottom; y++)
        {
            EraseUnprotected(y, area.Left, area.Right + 1, keepRendition: true);
        }
    }
}
