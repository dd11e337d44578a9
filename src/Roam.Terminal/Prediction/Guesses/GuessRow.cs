namespace Roam.Terminal;

/// <summary>The cell guesses of one screen row.</summary>
internal sealed class GuessRow(int width)
{
    public readonly CellGuess[] Cells = new CellGuess[width];

    public int Row;

    public bool HasActive()
    {
        foreach (ref readonly CellGuess guess in Cells.AsSpan())
        {
            if (guess.IsActive)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear()
    {
        foreach (ref CellGuess guess in Cells.AsSpan())
        {
            guess.IsActive = false;
        }
    }
}
