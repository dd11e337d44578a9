namespace Roam.Terminal;

/// <summary>The cursor: 0-based row and column. <see cref="PendingWrap"/>: the last column (or the right margin's) was just printed and the next character wraps (DEC STD 070).</summary>
public record struct Cursor(int Row, int Column, bool PendingWrap)
{
    public CursorShape Shape { get; set; }
}
