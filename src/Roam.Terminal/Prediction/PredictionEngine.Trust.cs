namespace Roam.Terminal;

/// <summary>
/// Whom to trust. An epoch is confirmed by an echo (credit), or at once where typing has always been echoed (carry). What may read a secret is never trusted: a question
/// that names one, what follows a command that may ask for one, and any place where a character was typed and not echoed.
/// </summary>
public sealed partial class PredictionEngine
{
    /// <summary>Echoed lines before a shell's prompt is trusted; fewer with bracketed paste on.</summary>
    private const int PromptLinesMin = 2;

    private const int EditedPromptLinesMin = 1;

    /// <summary>The same for a question.</summary>
    private const int QuestionLinesMin = 3;

    /// <summary>Confirmed epochs before a full-screen program's mode is trusted.</summary>
    private const int StatusEpochsMin = 1;

    /// <summary>What a wrong guess costs a mode.</summary>
    private const int StatusPenalty = -2;

    /// <summary>Rows around the cursor in which a form may ask for a secret.</summary>
    private const int SecretRows = 2;

    private readonly Recollection<PromptRecord> _prompts = new(64);
    private readonly Recollection<StatusRecord> _statuses = new(32);
    private readonly Recollection<EffectRecord> _effects = new(256);

    /// <summary>Nothing is carried until an echo is seen.</summary>
    private bool _hold;

    /// <summary>A key that may have been a multiplexer's prefix: the next one is no text.</summary>
    private bool _noCarry;

    /// <summary>A command that may read a secret was started: no credit either, but at a prompt.</summary>
    private bool _risk;

    /// <summary>The Enter or wrong guess since which one of them holds.</summary>
    private long _riskKey;

    /// <summary>Lines echoed since the terminal went into this mode.</summary>
    private int _kernelLines;

    /// <summary>A key that may have gone to another field of a form, perhaps one that hides what is typed: only in what is known for an editor typing goes on there.</summary>
    private bool _leftField = true;

    private long _leftFieldKey;

    private ulong _carriedPrompt;
    private ulong _carriedStatus;
    private int _lastRowCredits;

    private bool MayCarry(Screen screen)
    {
        if (_noCarry || (_hold && !IsEditedPrompt(screen)))
        {
            return false;
        }

        if (_far is { IsKnown: true, IsCanonical: true })
        {
            return IsEchoedByKernel(screen);
        }

        return _line.Prompt.IsNone ? IsFullScreen && IsTrustedMode(screen) : IsTrustedPrompt(screen);
    }

    /// <summary>
    /// With bracketed paste on, a line editor reads: shells turn it off while a command runs, so what might ask for a secret is over. Without it, and without a server
    /// that knows its terminal, any program could have printed the same prompt.
    /// </summary>
    private bool IsTrustedPrompt(Screen screen)
    {
        if (_line.HasEchoed)
        {
            return true;
        }

        ref readonly PromptRecord record = ref _prompts.Of(_line.Prompt.Hash);
        bool isEdited = screen.Modes.BracketedPaste;
        if (!isEdited && (record.WasEdited || (!_far.IsKnown && _line.Prompt.IsShort)))
        {
            return false;
        }

        return record.Right >= (_line.Prompt.Kind == PromptKind.Question ? QuestionLinesMin : isEdited ? EditedPromptLinesMin : PromptLinesMin);
    }

    private bool IsEditedPrompt(Screen screen) => _line.Prompt.Kind == PromptKind.Terminator && screen.Modes.BracketedPaste;

    private bool IsTrustedMode(Screen screen)
    {
        ref readonly StatusRecord record = ref _statuses.Of(StatusNow(screen));
        bool isEditor = _vi.Mode == ViMode.Insert || record.PureEnters > 0;
        return (isEditor || !_leftField) && TypingPlace(screen).Row != _height - 1 && record.Confirmed >= StatusEpochsMin && record.OtherEnters == 0 && !AsksForSecretNear(screen, screen.Cursor.Row);
    }

    /// <summary>
    /// The kernel itself echoes, so says the server, and the program waits: its question stands left of the cursor, or it has read lines before. A command that may yet
    /// turn the echo off is not believed.
    /// </summary>
    private bool IsEchoedByKernel(Screen screen)
    {
        bool waits = _kernelLines > 0 || !_line.Prompt.IsNone;
        return waits && _far.Echoes && !_risk && !RowText.AsksForSecret(screen.CellsAt(screen.Cursor.Row));
    }

    private static bool AsksForSecretNear(Screen screen, int row)
    {
        for (int y = Math.Max(0, row - SecretRows); y <= Math.Min(screen.Height - 1, row + SecretRows); y++)
        {
            if (RowText.AsksForSecret(screen.CellsAt(y)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The epoch is shown although none of it was echoed yet.</summary>
    private void Carry(Screen screen)
    {
        _grid.RemoveEpochsFrom(_confirmedEpoch + 1);
        _confirmedEpoch = _epoch;
        _carriedPrompt = _line.Prompt.Hash;
        _carriedStatus = IsFullScreen && _line.Prompt.IsNone ? StatusNow(screen) : 0;
        if (!_line.Prompt.IsNone && screen.Modes.BracketedPaste)
        {
            _hold = _risk = false;
        }
    }

    /// <summary>A character was echoed: the epoch is shown from now on.</summary>
    private void Credit(Screen screen) => CreditEpoch(_epoch, _key, screen);

    private void CreditEpoch(long epoch, long key, Screen screen)
    {
        if (_far.ReadsSecret || (_risk && !IsFullScreen && _line.Prompt.Kind != PromptKind.Terminator && !IsAskedOpenly(screen)))
        {
            return;
        }

        bool isOnLastRow = IsFullScreen && screen.Cursor.Row == _height - 1;
        if (isOnLastRow && epoch > _confirmedEpoch && ++_lastRowCredits < 2)
        {
            return;
        }

        _lastRowCredits = 0;
        _leftField &= key <= _leftFieldKey;
        _confirmedEpoch = Math.Max(_confirmedEpoch, epoch);
        if (key > _riskKey)
        {
            // Not by the echo of the command itself, which may come after its Enter was typed.
            _hold = _noCarry = _risk = false;
        }

        _line.HasEchoed = true;
        if (!_line.IsCredited)
        {
            _line.IsCredited = true;
            CountEcho(screen);
        }
    }

    /// <summary>The server says that the kernel echoes, and the program's question stands there: it has made up its mind. Typed ahead of a question, an echo means nothing.</summary>
    private bool IsAskedOpenly(Screen screen)
    {
        if (_far is not { IsKnown: true, IsCanonical: true, Echoes: true } || !_line.IsKnown || _line.Row >= screen.Height)
        {
            return false;
        }

        ReadOnlySpan<Cell> question = screen.CellsAt(_line.Row)[_line.LeftEdge..Math.Min(_line.Start, screen.Width)];
        return !RowText.IsBlank(question) && !RowText.AsksForSecret(question);
    }

    private void CountEcho(Screen screen)
    {
        if (!_line.Prompt.IsNone)
        {
            ref PromptRecord record = ref _prompts.Of(_line.Prompt.Hash);
            record.Right++;
            record.WasEdited |= screen.Modes.BracketedPaste;
        }

        if (_far is { IsKnown: true, IsCanonical: true, Echoes: true })
        {
            _kernelLines++;
        }
        else if (_line.Prompt.IsNone && IsFullScreen && screen.Cursor.Row != _height - 1 && !(_line.IsKnown && _line.Row == _height - 1))
        {
            _statuses.Of(StatusReader.Read(screen)).Confirmed++;
        }
    }

    /// <summary>What was shown was wrong: whoever vouched for it is not believed any more.</summary>
    private void Distrust()
    {
        if (_carriedPrompt != 0)
        {
            _prompts.Of(_carriedPrompt).Right = -1;
        }

        if (_carriedStatus != 0)
        {
            _statuses.Of(_carriedStatus).Confirmed = StatusPenalty;
        }

        _carriedPrompt = _carriedStatus = 0;
    }

    private bool Overwrites(Screen screen) =>
        IsFullScreen && (StatusReader.SaysReplace(screen) || _statuses.Of(StatusReader.Read(screen)).Overwrites);
}
