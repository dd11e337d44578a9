namespace Roam.Terminal;

/// <summary>The characters typed since the last break that no screen has answered yet: what is placed anew when it becomes known where the cursor stands.</summary>
internal sealed class TypedAhead
{
    /// <summary>At the limit it counts as spoilt: nothing is placed from it until all of it is answered.</summary>
    public const int Capacity = 128;

    private readonly (int CodePoint, ulong DueFrame, long Key)[] _characters = new (int, ulong, long)[Capacity];

    public int Count { get; private set; }

    /// <summary>Something was typed among them that cannot be placed again.</summary>
    public bool IsSpoilt { get; private set; }

    public (int CodePoint, ulong DueFrame, long Key) this[int index] => _characters[index];

    public void Add(int codePoint, ulong dueFrame, long key)
    {
        if (Count == Capacity)
        {
            IsSpoilt = true;
            return;
        }

        _characters[Count++] = (codePoint, dueFrame, key);
    }

    public void Spoil() => IsSpoilt = true;

    public void Clear()
    {
        Count = 0;
        IsSpoilt = false;
    }

    public void DropAnswered(ulong lateAcked)
    {
        int answered = CountAnswered(lateAcked);
        _characters.AsSpan(answered, Count - answered).CopyTo(_characters);
        Count -= answered;
        IsSpoilt &= Count != 0;
    }

    public int CountAnswered(ulong lateAcked)
    {
        int answered = 0;
        while (answered < Count && _characters[answered].DueFrame <= lateAcked)
        {
            answered++;
        }

        return answered;
    }
}
