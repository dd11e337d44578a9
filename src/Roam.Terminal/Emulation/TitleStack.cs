namespace Roam.Terminal;

/// <summary>Titles put aside by XTWINOPS 22, to come back with 23.</summary>
internal sealed class TitleStack
{
    /// <summary>As in xterm. At the limit the oldest entry goes.</summary>
    public const int DepthMax = 10;

    private readonly (string? Icon, string? Title)[] _entries = new (string?, string?)[DepthMax];
    private int _count;

    public void Push(string? icon, string? title)
    {
        if (_count == DepthMax)
        {
            _entries.AsSpan(1).CopyTo(_entries);
            _count--;
        }

        _entries[_count++] = (icon, title);
    }

    public bool TryPop(out string? icon, out string? title)
    {
        if (_count == 0)
        {
            (icon, title) = (null, null);
            return false;
        }

        (icon, title) = _entries[--_count];
        _entries[_count] = default;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_entries);
        _count = 0;
    }
}
