namespace Roam.Terminal;

/// <summary>What each key is guessed to do.</summary>
public sealed partial class StockPredictor
{
    private void Type(long nowMicros, TypedKey key, Screen screen)
    {
        switch (key.Kind)
        {
            case TypedKeyKind.None:
                return;
            case TypedKeyKind.Printable when CharWidth.Of(key.CodePoint) == 1:
                TypeCharacter(nowMicros, key.CodePoint, screen);
                break;
            case TypedKeyKind.Backspace:
                TypeBackspace(nowMicros, screen);
                break;
            case TypedKeyKind.CarriageReturn:
                BeginEpoch();
                MoveToNextRow(nowMicros, screen);
                break;
            case TypedKeyKind.Right:
                MoveCursor(screen, 1);
                break;
            case TypedKeyKind.Left:
                MoveCursor(screen, -1);
                break;
            default:
                BeginEpoch();
                break;
        }
    }

    private void TypeCharacter(long nowMicros, int codePoint, Screen screen)
    {
        bool isLastColumn = CursorForTyping(screen).Column == _width - 1;
        if (isLastColumn)
        {
            // Programs differ in what they do at the margin.
            BeginEpoch();
        }

        ref CursorGuess cursor = ref CursorForTyping(screen);
        GuessRow row = _grid.RowFor(cursor.Row);
        ReadOnlySpan<Cell> real = screen.CellsAt(cursor.Row);
        if (!overwrite)
        {
            for (int x = _width - 1; x > cursor.Column; x--)
            {
                Cell moved = Expected(row, real, x - 1, out bool unknown);
                Guess(row, real, x, moved, unknown || x == _width - 1, nowMicros);
            }
        }

        Cell typed = Cell.Of(codePoint, 1, Cell.Attributes(RenditionAt(row, real, cursor.Column, screen), 0, false));
        Guess(row, real, cursor.Column, typed, unknown: false, nowMicros);
        if (isLastColumn)
        {
            MoveToNextRow(nowMicros, screen);
        }
        else
        {
            cursor.Column++;
        }
    }

    /// <summary>The rendition of the cell to the left, guessed or real; at the row's start that of the pen.</summary>
    private static ushort RenditionAt(GuessRow row, ReadOnlySpan<Cell> real, int column, Screen screen)
    {
        if (column > 0)
        {
            Cell left = Expected(row, real, column - 1, out bool unknown);
            return unknown ? real[column - 1].Style : left.Style;
        }

        return screen.Tables.Styles.TryIntern(screen.Pen, out ushort pen) ? pen : (ushort)0;
    }

    private void TypeBackspace(long nowMicros, Screen screen)
    {
        ref CursorGuess cursor = ref CursorForTyping(screen);
        if (cursor.Column == 0)
        {
            return;
        }

        cursor.Column--;
        GuessRow row = _grid.RowFor(cursor.Row);
        ReadOnlySpan<Cell> real = screen.CellsAt(cursor.Row);
        if (overwrite)
        {
            Guess(row, real, cursor.Column, Cell.Blank(real[cursor.Column].Style), unknown: false, nowMicros);
            return;
        }

        for (int x = cursor.Column; x < _width; x++)
        {
            bool unknown = true;
            Cell moved = x + 2 < _width ? Expected(row, real, x + 1, out unknown) : real[x];
            Guess(row, real, x, moved, unknown, nowMicros);
        }
    }

    /// <summary>To column 0 of the next row; on the last one the row is guessed blank instead of scrolling.</summary>
    private void MoveToNextRow(long nowMicros, Screen screen)
    {
        ref CursorGuess cursor = ref CursorForTyping(screen);
        cursor.Column = 0;
        if (cursor.Row != _height - 1)
        {
            cursor.Row++;
            return;
        }

        GuessRow row = _grid.RowFor(cursor.Row);
        ReadOnlySpan<Cell> real = screen.CellsAt(cursor.Row);
        for (int x = 0; x < _width; x++)
        {
            Guess(row, real, x, Cell.Blank(0), unknown: false, nowMicros);
        }
    }

    private void MoveCursor(Screen screen, int columns)
    {
        ref CursorGuess cursor = ref CursorForTyping(screen);
        cursor.Column = Math.Clamp(cursor.Column + columns, 0, _width - 1);
    }

    /// <summary>The newest cursor guess, begun at the real cursor or carried into this epoch if need be; the key being typed makes it due later.</summary>
    private ref CursorGuess CursorForTyping(Screen screen)
    {
        if (_cursors.IsEmpty)
        {
            _cursors.Push(new CursorGuess(screen.Cursor.Row, screen.Cursor.Column, _epoch, 0));
        }
        else if (_cursors.Newest.Epoch != _epoch)
        {
            _cursors.Push(_cursors.Newest with { Epoch = _epoch });
        }

        ref CursorGuess newest = ref _cursors.Newest;
        newest.DueFrame = _frameSent + 1;
        return ref newest;
    }

    /// <summary>What is expected in a cell by now: its guess if there is one, else what it holds.</summary>
    private static Cell Expected(GuessRow row, ReadOnlySpan<Cell> real, int x, out bool unknown)
    {
        ref readonly CellGuess guess = ref row.Cells[x];
        unknown = guess.IsActive && guess.IsUnknown;
        return guess.IsActive && !unknown ? guess.Replacement : real[x];
    }

    private void Guess(GuessRow row, ReadOnlySpan<Cell> real, int x, Cell replacement, bool unknown, long nowMicros) =>
        row.Cells[x].Make(real[x], replacement, unknown, _epoch, _frameSent + 1, nowMicros);
}
