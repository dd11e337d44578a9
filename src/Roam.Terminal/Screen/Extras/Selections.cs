using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// What the program put into each of OSC 52's selections: the base64 as it came, and a count of the writes, so that the same text written twice can be told from once.
/// Immutable. Empty text = the selection was cleared.
/// </summary>
public sealed class Selections : IEquatable<Selections>
{
    /// <summary>Their letters (xterm ctlseqs): clipboard, primary, secondary, select, cut buffers. The index into this is the number of a selection.</summary>
    public const string Names = "cpqs01234567";

    /// <summary>Texts kept together, in characters. Beyond it the texts of the other selections are forgotten (their counts stay).</summary>
    public const int LengthMax = 1 << 20;

    public static readonly Selections None = new(new string?[Names.Length], new ulong[Names.Length]);

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private readonly string?[] _texts;
    private readonly ulong[] _counts;

    private Selections(string?[] texts, ulong[] counts)
    {
        _texts = texts;
        _counts = counts;
    }

    /// <summary>Nothing but the characters of base64, as every text here; empty is.</summary>
    public static bool IsBase64(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Base64);

    /// <summary>Null = never set, or forgotten.</summary>
    public string? TextOf(int selection) => _texts[selection];

    public ulong CountOf(int selection) => _counts[selection];

    /// <summary>One more write, of the selections whose bits are set.</summary>
    public Selections With(int mask, string text)
    {
        string?[] texts = [.. _texts];
        ulong[] counts = [.. _counts];
        int length = text.Length;
        for (int i = 0; i < texts.Length; i++)
        {
            if ((mask & (1 << i)) != 0)
            {
                texts[i] = text;
                counts[i]++;
            }
            else
            {
                length += texts[i]?.Length ?? 0;
            }
        }

        for (int i = 0; length > LengthMax && i < texts.Length; i++)
        {
            texts[i] = (mask & (1 << i)) != 0 ? text : null;
        }

        return new Selections(texts, counts);
    }

    /// <summary>As a peer says it; its texts together are within the bound.</summary>
    public Selections WithWrite(int selection, ulong count, string? text)
    {
        string?[] texts = [.. _texts];
        ulong[] counts = [.. _counts];
        (texts[selection], counts[selection]) = (text, count);
        return new Selections(texts, counts);
    }

    /// <summary>The texts as if nobody had written them in this session: they are no events.</summary>
    public Selections AsOld() => ReferenceEquals(this, None) ? this : new Selections([.. _texts], new ulong[Names.Length]);

    /// <summary>The same writes: a text without one (<see cref="AsOld"/>) is not looked at.</summary>
    public bool Equals(Selections? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        bool same = other is not null && _counts.AsSpan().SequenceEqual(other._counts);
        for (int i = 0; same && i < _texts.Length; i++)
        {
            same = _counts[i] == 0 || _texts[i] == other!._texts[i];
        }

        return same;
    }

    public override bool Equals(object? obj) => Equals(obj as Selections);

    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (ulong count in _counts)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }
}
