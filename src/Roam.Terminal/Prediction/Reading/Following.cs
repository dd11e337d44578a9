namespace Roam.Terminal;

/// <summary>Whether a number keeps its distance from a coordinate of the cursor.</summary>
internal struct Following
{
    /// <summary>Places of the cursor at which the distance was the same before it is believed.</summary>
    private const int ScoreMin = 2;

    private const int ScoreMax = 6;

    /// <summary>A file's length grows with the column as one types, and betrays itself by the first motion.</summary>
    private const int Penalty = 3;

    private int _score;

    /// <summary>The number less the coordinate.</summary>
    public int Offset { get; private set; }

    public readonly bool IsBelieved => _score >= ScoreMin;

    /// <param name="value">The number now.</param>
    /// <param name="coordinate">The cursor's row or column.</param>
    /// <param name="hasMoved">That coordinate has changed since the frame before. Programs may draw the number a little later: that alone disproves nothing.</param>
    public void See(int value, int coordinate, bool hasMoved)
    {
        int offset = value - coordinate;
        if (offset == Offset)
        {
            _score += hasMoved && _score < ScoreMax ? 1 : 0;
        }
        else if (!hasMoved && _score >= ScoreMin)
        {
            // The text scrolled below the cursor, or the number comes late.
            Offset = offset;
        }
        else if ((_score -= Penalty) <= 0)
        {
            (_score, Offset) = (0, offset);
        }
    }
}
