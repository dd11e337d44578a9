namespace Roam.Terminal;

/// <summary>
/// What the rules of UAX 29 (extended grapheme clusters) ask of a code point: Grapheme_Cluster_Break, Indic_Conjunct_Break and Extended_Pictographic in one.
/// Sixteen values, so that the table takes 4 bits a code point.
/// </summary>
public enum ClusterClass : byte
{
    Other,

    /// <summary>CR, LF and Control: always alone.</summary>
    Control,

    /// <summary>Combining marks, variation selectors, skin tones, ZWNJ.</summary>
    Extend,

    /// <summary>Extend that ties consonants together (virama; Indic_Conjunct_Break=Linker).</summary>
    Linker,

    /// <summary>ZWJ.</summary>
    Joiner,

    RegionalIndicator,

    /// <summary>Joins what follows.</summary>
    Prepend,

    SpacingMark,

    HangulL,

    HangulV,

    HangulT,

    HangulLV,

    HangulLVT,

    /// <summary>Extended_Pictographic, but for the following.</summary>
    Pictograph,

    /// <summary>A pictograph that is text by default and becomes an emoji by VS16.</summary>
    TextPictograph,

    /// <summary>Indic_Conjunct_Break=Consonant.</summary>
    Consonant,
}
