namespace Roam.Terminal;

/// <summary>The colours a program redefined, in the order of their slots. Immutable: a change that changes nothing gives the same object.</summary>
public sealed class ColorOverrides : IEquatable<ColorOverrides>
{
    public static readonly ColorOverrides None = new([]);

    private readonly ColorOverride[] _entries;

    private ColorOverrides(ColorOverride[] entries) => _entries = entries;

    /// <summary>At most <see cref="ColorSlot.Count"/>.</summary>
    public ReadOnlySpan<ColorOverride> Entries => _entries;

    public Color? this[int slot]
    {
        get
        {
            int at = IndexOf(slot);
            return at < 0 ? null : _entries[at].Color;
        }
    }

    public ColorOverrides With(int slot, Color color)
    {
        int at = IndexOf(slot);
        if (at >= 0)
        {
            if (_entries[at].Color == color)
            {
                return this;
            }

            ColorOverride[] changed = [.. _entries];
            changed[at] = new ColorOverride(slot, color);
            return new ColorOverrides(changed);
        }

        return new ColorOverrides([.. _entries.AsSpan(0, ~at), new ColorOverride(slot, color), .. _entries.AsSpan(~at)]);
    }

    /// <summary>Without those of a range of slots.</summary>
    public ColorOverrides Without(int first, int count)
    {
        int from = IndexOf(first);
        int to = IndexOf(first + count);
        from = from < 0 ? ~from : from;
        to = to < 0 ? ~to : to;
        if (from == to)
        {
            return this;
        }

        return to - from == _entries.Length ? None : new ColorOverrides([.. _entries.AsSpan(0, from), .. _entries.AsSpan(to)]);
    }

    public bool Equals(ColorOverrides? other) => other is not null && (ReferenceEquals(this, other) || Entries.SequenceEqual(other.Entries));

    public override bool Equals(object? obj) => Equals(obj as ColorOverrides);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (ColorOverride entry in _entries)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }

    /// <summary>Where the slot is, or the complement of where it belongs.</summary>
    private int IndexOf(int slot)
    {
        int low = 0;
        int high = _entries.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].Slot < slot)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _entries.Length && _entries[low].Slot == slot ? low : ~low;
    }
}
