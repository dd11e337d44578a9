using System.Text;

namespace Roam.Terminal;

/// <summary>
/// Mode 2027 (the "terminal Unicode core" specification of contour): a code point that continues the cluster printed directly before, with at most SGR between,
/// joins its cell, which becomes as wide as the cluster. Whatever else moved or drew ends the cluster (<see cref="_lastGraphic"/>); zero-width characters that
/// continue none join as they do without the mode, and end it too.
/// </summary>
public sealed partial class Emulator
{
    private void PrintClusters(ReadOnlySpan<int> codePoints)
    {
        while (!codePoints.IsEmpty)
        {
            int apart = CountApart(codePoints);
            if (apart != 0)
            {
                PrintSingly(codePoints[..apart]);
                codePoints = codePoints[apart..];
            }
            else
            {
                PrintInCluster(codePoints[0]);
                codePoints = codePoints[1..];
            }
        }
    }

    /// <summary>How many code points at the start surely begin clusters of their own: East Asian text goes the ordinary way.</summary>
    private int CountApart(ReadOnlySpan<int> codePoints)
    {
        ClusterClass last = LastClass();
        int count = 0;
        foreach (int codePoint in codePoints)
        {
            ClusterClass next = ClusterBreak.ClassOf(codePoint);
            bool begins = next is ClusterClass.Other or ClusterClass.Consonant or ClusterClass.RegionalIndicator or >= ClusterClass.HangulLV and <= ClusterClass.TextPictograph;
            if (!begins || ClusterBreak.MayContinue(last, next))
            {
                break;
            }

            last = next;
            count++;
        }

        return count;
    }

    private ClusterClass LastClass() => _lastGraphic == 0 ? ClusterClass.Control : ClusterBreak.ClassOf(Math.Abs(_lastGraphic));

    private void PrintInCluster(int codePoint)
    {
        codePoint = codePoint < 0x80 ? _charsets.Translate((byte)codePoint) : codePoint;
        int width = CharWidth.Of(codePoint);
        if (_lastGraphic != 0 && TryContinue(codePoint, width))
        {
            return;
        }

        if (width != 0)
        {
            PutCharacter(codePoint, width);
            return;
        }

        Join(codePoint);
        _lastGraphic = 0;
    }

    /// <summary>The cell's own text decides, not what was noted of it. At the limit of its length a mark is dropped, and what is visible gets a cell of its own.</summary>
    private bool TryContinue(int codePoint, int width)
    {
        int column = LeadColumn();
        Cell cell = Screen.CellsAt(Screen.Cursor.Row)[column];
        Span<char> text = stackalloc char[GraphemeTable.ClusterLengthMax];
        int length = CopyText(cell, text);
        if (!ClusterBreak.Continues(text[..length], codePoint))
        {
            return false;
        }

        if (length + 2 > text.Length)
        {
            return width == 0;
        }

        int columns = ClusterWidth.After(text[..length], cell.Width, codePoint);
        length += new Rune(codePoint).EncodeToUtf16(text[length..]);
        SetCluster(column, text[..length], columns);
        _lastGraphic = codePoint;
        return true;
    }

    private void SetCluster(int column, ReadOnlySpan<char> text, int columns)
    {
        if (columns == 1 || Screen.CellsAt(Screen.Cursor.Row)[column].IsWide || TryWiden(ref column, text))
        {
            SetText(column, text);
        }
    }

    /// <summary>
    /// Makes the narrow cell before the cursor a wide one, as if it had been printed so: it takes the next cell, or goes to the next line when it stands at the margin.
    /// False on a screen of one column, where a replacement character stands then.
    /// </summary>
    private bool TryWiden(ref int column, ReadOnlySpan<char> text)
    {
        // The pen's styles are interned first: interning may renumber those of the cell.
        PenAttributes();
        Cell cell = Screen.CellsAt(Screen.Cursor.Row)[column];
        ulong attributes = Cell.Attributes(cell.Style, cell.Link, cell.IsProtected);
        if (_modes.Insert && CursorInColumns)
        {
            DeleteCells(Screen.WritableRow(Screen.Cursor.Row), column, Screen.MarginRight + 1, 1);
        }

        Screen.Cursor.Column = column;
        Screen.Cursor.PendingWrap = false;
        Rune.DecodeFromUtf16(text, out Rune first, out _);
        PutCharacter(first.Value, 2);
        column = LeadColumn();
        Span<Cell> cells = Screen.WritableRow(Screen.Cursor.Row).Cells;
        if (!cells[column].IsWide)
        {
            return false;
        }

        cells[column] = Cell.Of(first.Value, 2, attributes);
        cells[column + 1] = Cell.Spacer(attributes);
        return true;
    }

    /// <summary>GB9b: the first character of an ASCII run may belong to a prepended sign. True if nothing else is left to print.</summary>
    private bool JoinPrepended(ref ReadOnlySpan<byte> text)
    {
        if (LastClass() != ClusterClass.Prepend)
        {
            return false;
        }

        PrintInCluster(text[0]);
        text = text[1..];
        return text.IsEmpty;
    }

    /// <summary>REP: the whole cluster, as if it were sent so often.</summary>
    private void RepeatCluster(int count)
    {
        Span<char> text = stackalloc char[GraphemeTable.ClusterLengthMax];
        text = text[..CopyText(Screen.CellsAt(Screen.Cursor.Row)[LeadColumn()], text)];
        for (int i = 0; i < count; i++)
        {
            foreach (Rune rune in text.EnumerateRunes())
            {
                PrintInCluster(rune.Value);
            }
        }
    }
}
