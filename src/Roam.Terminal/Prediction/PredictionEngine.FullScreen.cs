namespace Roam.Terminal;

/// <summary>Keys of full-screen programs: who takes them.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>True: the key was no text and is done with.</summary>
    private bool TypeInFullScreen(in TypedKey key, Screen screen, bool wasAnswered)
    {
        if (!IsFullScreen || (StandsAtPrompt(screen) && _motions.Count == 0))
        {
            _motions.Clear();
            return false;
        }

        ViMode vi = _vi.Mode;
        if (key.Kind == TypedKeyKind.CarriageReturn && EndSearch(screen))
        {
            return true;
        }

        bool isText = key.Kind == TypedKeyKind.Printable;
        bool isTyping = !_fresh && _epoch <= _confirmedEpoch;
        if (key.Kind == TypedKeyKind.Escape)
        {
            _viPrefix = '\0';
            if (vi == ViMode.Insert)
            {
                return LeaveInsert(screen, wasAnswered);
            }
        }

        if (isText && (isTyping || vi == ViMode.Insert))
        {
            _motions.Clear();
            return false;
        }

        if (vi == ViMode.Normal && key is { Kind: TypedKeyKind.Control, CodePoint: ViKeys.WindowPrefix })
        {
            _viPrefix = (char)ViKeys.WindowPrefix;
            BreakInVi(ViMode.None);
            return true;
        }

        if (isText && vi == ViMode.Normal)
        {
            return TypeInVi(key, screen, wasAnswered);
        }

        return (isText && key.CodePoint is ':' or '/' or '?' && OpenCommandLine(key, screen, wasAnswered, vi))
            || (!isTyping && (TypeScroll(key, screen, wasAnswered) || TypeInList(key, screen)))
            || TypeMotion(key, screen, wasAnswered, vi);
    }

    /// <summary>A shell's line in a pane of tmux or screen, or in an editor's terminal.</summary>
    private bool StandsAtPrompt(Screen screen) =>
        _line.IsKnown && !_newLine && !_line.Prompt.IsNone && StandsOnLine(screen, screen.Cursor.Row, screen.Cursor.Column);

    /// <summary>The mode line as it will be after the keys typed so far.</summary>
    private ulong StatusNow(Screen screen) => _vi.IsAhead ? (_vi.Mode == ViMode.Insert ? _vi.InsertStatus : 0) : StatusReader.Read(screen);
}
