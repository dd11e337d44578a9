namespace Roam.Terminal;

/// <summary>The list of control sequences. A line for each function; the function itself lives with its area.</summary>
public sealed partial class Emulator
{
    internal void DispatchCsi(uint selector, in Parameters parameters)
    {
        if (selector == 'b')
        {
            Repeat(parameters.CountOrPosition(0));
        }

        // REP repeats the character right before it only (ECMA-48 8.3.103); a cluster goes on over a change of rendition.
        _lastGraphic = selector == 'm' ? -Math.Abs(_lastGraphic) : 0;
        switch (selector)
        {
            case 'm':
                SelectGraphicRendition(in parameters);
                break;
            case 'J':
                EraseInDisplay(parameters.ValueOr(0, 0), selective: false);
                break;
            case 'K':
                EraseInLine(parameters.ValueOr(0, 0), selective: false);
                break;
            case Selector.Question | 'J':
                EraseInDisplay(parameters.ValueOr(0, 0), selective: true);
                break;
            case Selector.Question | 'K':
                EraseInLine(parameters.ValueOr(0, 0), selective: true);
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
            case Selector.Exclamation | 'p':
                SoftReset();
                break;
            default:
                if (!DispatchMotion(selector, in parameters) && !DispatchScrolling(selector, in parameters) && !DispatchRectangles(selector, in parameters))
                {
                    DispatchReports(selector, in parameters);
                }

                break;
        }
    }

    private bool DispatchMotion(uint selector, in Parameters parameters)
    {
        switch (selector)
        {
            case 'H' or 'f':
                MoveToAddress(parameters.CountOrPosition(0), parameters.CountOrPosition(1));
                return true;
            case 'A':
                MoveUp(parameters.CountOrPosition(0));
                return true;
            case 'B':
                MoveDown(parameters.CountOrPosition(0));
                return true;
            case 'C':
                MoveRight(parameters.CountOrPosition(0));
                return true;
            case 'D':
                MoveLeft(parameters.CountOrPosition(0));
                return true;
            case 'E':
                MoveDown(parameters.CountOrPosition(0));
                CarriageReturn();
                return true;
            case 'F':
                MoveUp(parameters.CountOrPosition(0));
                CarriageReturn();
                return true;
            case 'G' or '`':
                MoveToColumn(parameters.CountOrPosition(0));
                return true;
            case 'd':
                MoveToLine(parameters.CountOrPosition(0));
                return true;
            case 'e':
                MoveBy(parameters.CountOrPosition(0), 0);
                return true;
            case 'a':
                MoveBy(0, parameters.CountOrPosition(0));
                return true;
            case 'I':
                ForwardTab(parameters.CountOrPosition(0));
                return true;
            case 'Z':
                BackwardTab(parameters.CountOrPosition(0));
                return true;
            case 's' when _modes.ColumnMargins:
                SetColumnMargins(parameters.CountOrPosition(0), parameters.ValueOr(1, 0));
                return true;
            case 's':
                SaveCursor();
                _saved = _saved with { PendingWrap = false };
                return true;
            case 'u':
                RestoreCursor();
                return true;
            case Selector.Space | 'q':
                SetCursorShape(parameters.ValueOr(0, 0));
                return true;
            default:
                return false;
        }
    }
}
