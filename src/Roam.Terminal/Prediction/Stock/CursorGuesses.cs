namespace Roam.Terminal;

/// <summary>The cursor guesses, oldest first: one an epoch, the newest is where typing goes on.</summary>
internal sealed class CursorGuesses
{
    /// <summary>Epochs with a cursor guess outstanding; at the limit the oldest is forgotten (its epoch then shows no cursor of its own).</summary>
    public const int Capacity = 32;

    private readonly CursorGuess[] _guesses = new CursorGuess[Capacity];
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>There must be one.</summary>
    public ref CursorGuess Newest => ref _guesses[_count - 1];

    public void Push(CursorGuess guess)
    {
        if (_count == Capacity)
        {
            _guesses.AsSpan(1).CopyTo(_guesses);
            _count--;
        }

        _guesses[_count++] = guess;
    }

    public void Clear() => _count = 0;

    public void RemoveEpochsFrom(long epoch)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_guesses[i].Epoch < epoch)
            {
                _guesses[kept++] = _guesses[i];
            }
        }

        _count = kept;
    }

    public void RemoveDue(ulong lateAcked)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_guesses[i].DueFrame > lateAcked)
            {
                _guesses[kept++] = _guesses[i];
            }
        }

        _count = kept;
    }

    /// <summary>The newest guess of an epoch up to the given one.</summary>
    public bool TryFindShown(long confirmedEpoch, out CursorGuess guess)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_guesses[i].Epoch <= confirmedEpoch)
            {
                guess = _guesses[i];
                return true;
            }
        }

        guess = default;
        return false;
    }
}
