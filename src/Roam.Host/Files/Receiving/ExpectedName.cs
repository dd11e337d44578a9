namespace Roam.Host;

/// <summary>What a source that the user named may be called at the target.</summary>
/// <param name="Pattern">The last component of the user's word.</param>
/// <param name="IsAny">Only the far side knows (~).</param>
/// <param name="IsPattern">The far side expands it.</param>
public sealed record ExpectedName(byte[] Pattern, bool IsAny, bool IsPattern)
{
    /// <summary>Of a word of the command line.</summary>
    public static ExpectedName Of(ReadOnlySpan<byte> word, bool expands)
    {
        byte[] last = NameRules.Last(word).ToArray();
        bool isHome = expands && last is [(byte)'~', ..] && !word.Contains((byte)'/');
        return new ExpectedName(last, isHome, expands && NameRules.IsPattern(last));
    }

    /// <summary>An empty name is a directory's content that goes right into the target ("host:", "dir/.").</summary>
    public bool Fits(ReadOnlySpan<byte> name) =>
        IsAny || name.SequenceEqual(Pattern) || (IsPattern && (NameRules.Matches(Pattern, name) || name.SequenceEqual(NameRules.Unescape(Pattern))));
}
