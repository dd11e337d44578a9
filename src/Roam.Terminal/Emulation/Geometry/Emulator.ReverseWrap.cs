namespace Roam.Terminal;

/// <summary>
/// BS and CUB beyond the beginning of a line. Mode 45 (as xterm has it since patch 383): back over the ends of lines that autowrap joined, for editing long input.
/// Mode 1045: over any line, and from the top margin to the bottom one, as mode 45 once was. Both need autowrap.
/// </summary>
public sealed partial class Emulator
{
    private bool WrapsBackwards => _modes.AutoWrap && (_modes.ReverseWrap || _modes.ExtendedReverseWrap);

    /// <summary>A pending wrap is one step by itself. The count is at most the screen's cells.</summary>
    private void MoveLeftWrapping(int count)
    {
        Screen screen = Screen;
        (int row, int column) = (screen.Cursor.Row, screen.Cursor.Column);
        count = Math.Min(count, screen.Width * screen.Height);
        count -= screen.Cursor.PendingWrap ? 1 : 0;
        while (true)
        {
            int step = Math.Min(count, column - LeftLimit(column));
            column -= step;
            count -= step;
            if (count == 0 || !TryRowBefore(ref row))
            {
                break;
            }

            column = screen.MarginRight;
            count--;
        }

        MoveTo(row, column);
    }

    private bool TryRowBefore(ref int row)
    {
        bool isTop = row == Screen.MarginTop || row == 0;
        if (!_modes.ExtendedReverseWrap && (isTop || !Screen.RowAt(row - 1).Wrapped))
        {
            return false;
        }

        int bottom = row == Screen.MarginTop ? Screen.MarginBottom : Screen.Height - 1;
        row = isTop ? bottom : row - 1;
        return true;
    }
}
