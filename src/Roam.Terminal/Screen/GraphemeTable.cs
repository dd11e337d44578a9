namespace Roam.Terminal;

/// <summary>Append-only intern table of cell contents that need more than one code point (base and combining marks, ZWJ sequences).</summary>
public sealed class GraphemeTable
{
    /// <summary>At the limit <see cref="TryIntern"/> refuses and the caller compacts (or keeps the base character alone).</summary>
    public const int Capacity = 1 << 16;

    /// <summary>Longest cluster kept, in UTF-16 units; marks beyond it are dropped (a bound against "zalgo" floods; stock keeps 32 bytes).</summary>
    public const int ClusterLengthMax = 32;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public int Count => _texts.Count;

    public string this[int index] => _texts[index];

    public bool TryIntern(ReadOnlySpan<char> text, out int index)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out index))
        {
            return true;
        }

        if (_texts.Count == Capacity)
        {
            index = 0;
            return false;
        }

        string s = new(text);
        index = _texts.Count;
        _texts.Add(s);
        _ids.Add(s, index);
        return true;
    }
}
