namespace Roam.Terminal;

/// <summary>Follows the keys and knows when they are a bracketed paste: between "ESC [ 200 ~" and "ESC [ 201 ~" everything is text.</summary>
internal struct PasteTracker
{
    private int _matched;

    public bool IsInside { get; private set; }

    public void Next(byte key)
    {
        ReadOnlySpan<byte> mark = IsInside ? "\e[201~"u8 : "\e[200~"u8;
        _matched = key == mark[_matched] ? _matched + 1 : key == mark[0] ? 1 : 0;
        if (_matched == mark.Length)
        {
            IsInside = !IsInside;
            _matched = 0;
        }
    }
}
