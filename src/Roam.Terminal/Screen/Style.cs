using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>One rendition: colours and attributes. Interned by <see cref="StyleTable"/>; a cell holds only the id.</summary>
public readonly record struct Style(Color Foreground, Color Background, Color UnderlineColor, StyleAttributes Attributes)
{
    public static readonly Style Default;

    /// <summary>What an erased cell keeps: the background colour only (xterm's "bce").</summary>
    public Style Erased => new(Color.Default, Background, Color.Default, StyleAttributes.None);

    /// <summary>Written by hand: the generated one would follow <see cref="Erased"/> for ever.</summary>
    public override string ToString() => $"{Foreground.Value:x} on {Background.Value:x}, underline {UnderlineColor.Value:x}, {Attributes}";

    // By hand: this is compared and hashed at each change of rendition, and the generated members go through a comparer for each field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Style other) => Colors == other.Colors && Rest == other.Rest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode() => (int)(((Colors * 0x9E3779B97F4A7C15) ^ (Rest * 0xC2B2AE3D27D4EB4F)) >> 32);

    private ulong Colors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Foreground.Value | ((ulong)Background.Value << 32);
    }

    private ulong Rest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => UnderlineColor.Value | ((ulong)Attributes << 32);
    }
}
