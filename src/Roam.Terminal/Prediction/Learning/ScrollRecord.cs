namespace Roam.Terminal;

/// <summary>By how many rows a key moves a pager's text, as far as it was seen.</summary>
internal struct ScrollRecord
{
    private const int SeenMin = 2;
    private const int MissFactor = 8;

    /// <summary>Rows up; negative: down; 0: not known.</summary>
    public int Rows;

    private int _right;
    private int _wrong;

    public readonly bool IsTrusted => Rows != 0 && _right >= SeenMin && _wrong * MissFactor <= _right;

    /// <summary>Nothing is known of it: a convention may hold.</summary>
    public readonly bool IsNew => _wrong == 0 && _right < SeenMin;

    /// <summary>What one press of it did.</summary>
    public void Count(int rows)
    {
        if (rows == Rows)
        {
            _right += rows != 0 ? 1 : 0;
        }
        else if (rows == 0)
        {
            // At the end of the text, or no key of a pager.
            _wrong++;
        }
        else if (_right <= 1)
        {
            (Rows, _right, _wrong) = (rows, 1, 0);
        }
        else
        {
            _wrong++;
        }
    }
}
