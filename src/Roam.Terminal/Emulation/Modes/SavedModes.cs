namespace Roam.Terminal;

/// <summary>The one-level memory of XTSAVE and XTRESTORE (xterm ctlseqs): for each mode the newest value that was saved.</summary>
internal sealed class SavedModes
{
    /// <summary>More than there are changeable modes. At the limit further modes are not saved.</summary>
    public const int CountMax = 64;

    private readonly (int Mode, bool IsSet)[] _saved = new (int, bool)[CountMax];
    private int _count;

    public void Save(int mode, bool isSet)
    {
        int at = IndexOf(mode);
        if (at < 0 && _count < CountMax)
        {
            at = _count++;
        }

        if (at >= 0)
        {
            _saved[at] = (mode, isSet);
        }
    }

    public bool TryGet(int mode, out bool isSet)
    {
        int at = IndexOf(mode);
        isSet = at >= 0 && _saved[at].IsSet;
        return at >= 0;
    }

    public void Clear() => _count = 0;

    private int IndexOf(int mode)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_saved[i].Mode == mode)
            {
                return i;
            }
        }

        return -1;
    }
}
