namespace Roam.Terminal;

/// <summary>Flags of kitty's keyboard protocol put aside by a push. Each screen has its own stack.</summary>
internal sealed class KeyboardFlagStack
{
    /// <summary>At the limit the oldest entry goes, as the protocol says.</summary>
    public const int DepthMax = 16;

    private readonly byte[] _flags = new byte[DepthMax];
    private int _count;

    public void Push(byte flags)
    {
        if (_count == DepthMax)
        {
            _flags.AsSpan(1).CopyTo(_flags);
            _count--;
        }

        _flags[_count++] = flags;
    }

    /// <summary>Takes entries off; the flags of the last one, or none at all if the stack did not hold as many.</summary>
    public byte Pop(int count)
    {
        if (count > _count)
        {
            _count = 0;
            return 0;
        }

        _count -= count;
        return _flags[_count];
    }

    public void Clear() => _count = 0;
}
