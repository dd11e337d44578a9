namespace Roam.Terminal;

/// <summary>
/// Characters that erasing spares. DEC: DECSCA marks what is printed, DECSED, DECSEL and DECSERA spare it (VT220 to VT510). ECMA-48: SPA and EPA mark, ED, EL and ECH spare.
/// Both use the one mark of a cell, as in xterm; <see cref="Protection"/> decides. Insertion, deletion, scrolling and overwriting do not spare anything.
/// </summary>
public sealed partial class Emulator
{
    private Protection _protection;
    private bool _protectsPrinted;

    /// <summary>DECSCA: 1 protects what is printed from now on, 0 and 2 end it.</summary>
    private void SelectCharacterProtection(int what)
    {
        if (what <= 2)
        {
            SetProtection(Protection.Dec, what == 1);
        }
    }

    /// <summary>EPA leaves the standard as it is: the area that was guarded stays so.</summary>
    private void EndGuardedArea() => SetProtection(_protection, protects: false);

    private void SetProtection(Protection standard, bool protects)
    {
        _protection = standard;
        _protectsPrinted = protects;
        ForgetPen();
    }

    /// <summary>ED, EL, ECH spare protected cells only in an ECMA-48 program; the selective ones always.</summary>
    private void EraseSpan(int y, int from, int to, bool selective)
    {
        if (selective)
        {
            EraseUnprotected(y, from, to, keepRendition: true);
        }
        else if (_protection == Protection.Iso)
        {
            EraseUnprotected(y, from, to, keepRendition: false);
        }
        else
        {
            EraseInRow(y, from, to);
        }
    }

    /// <summary>Characters become spaces; the selective functions leave the rendition of the cells alone (VT220 Programmer Reference, "Selective Erase").</summary>
    private void EraseUnprotected(int y, int from, int to, bool keepRendition)
    {
        Cell blank = Cell.Blank(EraseStyle());
        Span<Cell> cells = Screen.WritableRow(y).Cells;
        for (int x = from; x < to; x++)
        {
            if (cells[x].IsProtected)
            {
                continue;
            }

            SplitWide(cells, x);
            SplitWide(cells, x + 1);
            cells[x] = keepRendition ? Cell.Blank(cells[x].Style) : blank;
        }
    }
}
