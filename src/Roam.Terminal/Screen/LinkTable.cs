namespace Roam.Terminal;

/// <summary>Append-only intern table of OSC 8 hyperlinks ("params;uri"); id 0 = no link.</summary>
public sealed class LinkTable
{
    /// <summary>Ids are 16 bits in a cell. At the limit new links are dropped (the text stays).</summary>
    public const int Capacity = 1 << 16;

    private readonly Dictionary<string, ushort> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _links = [""];

    public int Count => _links.Count;

    public string this[ushort id] => _links[id];

    public bool TryIntern(string link, out ushort id)
    {
        if (link.Length == 0)
        {
            id = 0;
            return true;
        }

        if (_ids.TryGetValue(link, out id))
        {
            return true;
        }

        if (_links.Count == Capacity)
        {
            return false;
        }

        id = (ushort)_links.Count;
        _links.Add(link);
        _ids.Add(link, id);
        return true;
    }
}
