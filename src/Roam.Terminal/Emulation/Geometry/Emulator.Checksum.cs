using System.Globalization;
using System.Text;

namespace Roam.Terminal;

/// <summary>
/// DECRQCRA (VT420; computed as xterm 379 does it). Asking for one cell after the other reads the screen, so what a user typed or saw could be read by whatever writes to the terminal
/// later: answered only if the server was started with that allowed, else not at all.
/// </summary>
public sealed partial class Emulator
{
    private const int NarrowMask = 0xFF;

    private ChecksumOptions _checksumOptions;

    /// <summary>Parameters: request number, page, area. Without a valid area the sum is 0.</summary>
    private void ReportChecksum(in Parameters parameters)
    {
        if (!_options.AllowScreenReports)
        {
            return;
        }

        int sum = TryReadRectangle(in parameters, 2, out Rectangle area) ? Checksum(area) : 0;
        sum = (_checksumOptions & ChecksumOptions.NotNegated) != 0 ? sum : -sum;
        Span<char> text = stackalloc char[ReplyLengthMax];
        text.TryWrite(CultureInfo.InvariantCulture, $"\eP{parameters.ValueOr(0, 0)}!~{sum & 0xFFFF:X4}\e\\", out int length);
        Reply(text[..length]);
    }

    /// <summary>Blanks that were never printed count only if something follows them in their row; the area's first cell always counts.</summary>
    private int Checksum(Rectangle area)
    {
        bool trailing = (_checksumOptions & ChecksumOptions.TrailingBlanks) != 0;
        bool onlyWritten = (_checksumOptions & ChecksumOptions.OnlyWritten) != 0;
        int sum = 0;
        for (int y = area.Top; y <= area.Bottom; y++)
        {
            Row row = Screen.RowAt(y);
            for (int x = area.Left; x <= area.Right; x++)
            {
                bool isFirst = y == area.Top && x == area.Left;
                if (x < row.Occupied || ((trailing || isFirst) && !onlyWritten))
                {
                    sum += ChecksumOf(row.Cells[x]);
                }
            }
        }

        return sum;
    }

    private int ChecksumOf(Cell cell)
    {
        if (cell.IsSpacer)
        {
            return 0;
        }

        bool whole = (_checksumOptions & ChecksumOptions.WholeCharacters) != 0;
        int sum = CharactersOf(cell, whole);
        StyleAttributes attributes = Screen.Tables.Styles[cell.Style].Attributes;
        if ((attributes & StyleAttributes.Invisible) != 0)
        {
            sum = ' ';
        }

        return (_checksumOptions & ChecksumOptions.NoAttributes) != 0 ? sum : sum + WeightOf(attributes);
    }

    private int CharactersOf(Cell cell, bool whole)
    {
        if (!cell.IsGrapheme)
        {
            return whole ? cell.Content : cell.Content & NarrowMask;
        }

        int sum = 0;
        foreach (Rune rune in Screen.Tables.Graphemes[cell.Content].EnumerateRunes())
        {
            sum += rune.Value;
            if (!whole)
            {
                return sum & NarrowMask;
            }
        }

        return sum;
    }

    private static int WeightOf(StyleAttributes attributes) =>
        ((attributes & StyleAttributes.UnderlineMask) != 0 ? 0x10 : 0)
        + ((attributes & StyleAttributes.Inverse) != 0 ? 0x20 : 0)
        + ((attributes & StyleAttributes.Blink) != 0 ? 0x40 : 0)
        + ((attributes & StyleAttributes.Bold) != 0 ? 0x80 : 0);
}
