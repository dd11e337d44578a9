namespace Roam.Terminal;

/// <summary>Append-only intern table of OSC 8 hyperlinks ("params;uri"); id 0 = no link.</summary>
public sealed class LinkTable
{
    /// <summary>Ids are 16 bits in a cell. At the limit <see cref="TryIntern"/> refuses and the caller compacts (or drops the link; the text stays).</summary>
    public const int Capacity = 1 << 16;

    /// <summary>All links together, in UTF-16 units (2 MB): a program that makes up long links is refused as if the ids were used up.</summary>
    public const int LengthMax = 1 << 20;

    private readonly Dictionary<string, ushort> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _links = [""];
    private int _length;

    public int Count => _links.Count;

    /// <summary>How many more links fit, if they are of ordinary length.</summary>
    internal int FreeIds => Math.Min(Capacity - _links.Count, (LengthMax - _length) / 8);

    public string this[ushort id] => _links[id];

    public bool TryIntern(ReadOnlySpan<char> link, out ushort id)
    {
        if (link.IsEmpty)
        {
            id = 0;
            return true;
        }

        if (_ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(link, out id))
        {
            return true;
        }

        if (_links.Count == Capacity || _length + link.Length > LengthMax)
        {
            id = 0;
            return false;
        }

        string text = new(link);
        id = (ushort)_links.Count;
        _length += text.Length;
        _links.Add(text);
        _ids.Add(text, id);
        return true;
    }
}
