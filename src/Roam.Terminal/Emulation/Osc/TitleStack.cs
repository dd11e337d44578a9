namespace Roam.Terminal;

/// <summary>Titles put aside by XTWINOPS 22, to come back with 23. An entry may hold the icon name, the window title, or both.</summary>
internal sealed class TitleStack
{
    /// <summary>As in xterm. At the limit the oldest entry goes.</summary>
    public const int DepthMax = 10;

    private readonly (string? Icon, string? Title)[] _entries = new (string?, string?)[DepthMax];
    private int _count;

    /// <summary>Null = not saved by this entry.</summary>
    public void Push(string? icon, string? title)
    {
        if (_count == DepthMax)
        {
            _entries.AsSpan(1).CopyTo(_entries);
            _count--;
        }

        _entries[_count++] = (icon, title);
    }

    /// <summary>Takes the newest entry off. Of a name that it does not hold, the newest one further down is given, so that what was saved in two steps can come back in one.</summary>
    public bool TryPop(out string? icon, out string? title)
    {
        (icon, title) = (null, null);
        for (int i = _count - 1; i >= 0; i--)
        {
            icon ??= _entries[i].Icon;
            title ??= _entries[i].Title;
        }

        if (_count == 0)
        {
            return false;
        }

        _entries[--_count] = default;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_entries);
        _count = 0;
    }
}
