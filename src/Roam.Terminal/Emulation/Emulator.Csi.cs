namespace Roam.Terminal;

/// <summary>The list of control sequences. One line a function; the function itself lives with its area.</summary>
public sealed partial class Emulator
{
    internal void DispatchCsi(uint selector, in Parameters parameters)
    {
        if (selector == 'b')
        {
            Repeat(parameters.CountOrPosition(0));
        }

        // REP repeats the character right before it only (ECMA-48 8.3.103).
        _lastGraphic = 0;
        switch (selector)
        {
            case 'm':
                SelectGraphicRendition(in parameters);
                break;
            case 'H' or 'f':
                MoveToAddress(parameters.CountOrPosition(0), parameters.CountOrPosition(1));
                break;
            case 'A':
                MoveUp(parameters.CountOrPosition(0));
                break;
            case 'B':
                MoveDown(parameters.CountOrPosition(0));
                break;
            case 'C' or 'a':
                MoveRight(parameters.CountOrPosition(0));
                break;
            case 'D':
                MoveLeft(parameters.CountOrPosition(0));
                break;
            case 'E':
                MoveDown(parameters.CountOrPosition(0));
                Screen.Cursor.Column = 0;
                break;
            case 'F':
                MoveUp(parameters.CountOrPosition(0));
                Screen.Cursor.Column = 0;
                break;
            case 'G' or '`':
                MoveTo(Screen.Cursor.Row, parameters.CountOrPosition(0) - 1);
                break;
            case 'd':
                MoveToLine(parameters.CountOrPosition(0));
                break;
            case 'e':
                MoveTo(Screen.Cursor.Row + parameters.CountOrPosition(0), Screen.Cursor.Column);
                break;
            case 'I':
                ForwardTab(parameters.CountOrPosition(0));
                break;
            case 'Z':
                BackwardTab(parameters.CountOrPosition(0));
                break;
            case 'J':
                EraseInDisplay(parameters.ValueOr(0, 0));
                break;
            case 'K':
                EraseInLine(parameters.ValueOr(0, 0));
                break;
            case 'X':
                EraseCharacters(parameters.CountOrPosition(0));
                break;
            case '@':
                InsertCharacters(parameters.CountOrPosition(0));
                break;
            case 'P':
                DeleteCharacters(parameters.CountOrPosition(0));
                break;
            case 'h':
                SetModes(in parameters, isPrivate: false, on: true);
                break;
            case 'l':
                SetModes(in parameters, isPrivate: false, on: false);
                break;
            case Selector.Question | 'h':
                SetModes(in parameters, isPrivate: true, on: true);
                break;
            case Selector.Question | 'l':
                SetModes(in parameters, isPrivate: true, on: false);
                break;
            case 's':
                SaveCursor();
                _saved = _saved with { PendingWrap = false };
                break;
            case 'u':
                RestoreCursor();
                break;
            case Selector.Exclamation | 'p':
                SoftReset();
                break;
            case Selector.Space | 'q':
                SetCursorShape(parameters.ValueOr(0, 0));
                break;
            default:
                if (!DispatchScrolling(selector, in parameters))
                {
                    DispatchReports(selector, in parameters);
                }

                break;
        }
    }
}
