using System.Security.Cryptography;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Makes the data files beside this one from a <see cref="UnicodePackage"/>.</summary>
internal static class ClusterDataImport
{
    /// <summary>Which set of the package makes which class; a later line overrules.</summary>
    private static readonly (string Set, ClusterClass Class)[] Sets =
    [
        ("Grapheme_Cluster_Break/CR", ClusterClass.Control),
        ("Grapheme_Cluster_Break/LF", ClusterClass.Control),
        ("Grapheme_Cluster_Break/Control", ClusterClass.Control),
        ("Grapheme_Cluster_Break/Prepend", ClusterClass.Prepend),
        ("Grapheme_Cluster_Break/Regional_Indicator", ClusterClass.RegionalIndicator),
        ("Grapheme_Cluster_Break/SpacingMark", ClusterClass.SpacingMark),
        ("Grapheme_Cluster_Break/L", ClusterClass.HangulL),
        ("Grapheme_Cluster_Break/V", ClusterClass.HangulV),
        ("Grapheme_Cluster_Break/T", ClusterClass.HangulT),
        ("Grapheme_Cluster_Break/LV", ClusterClass.HangulLV),
        ("Grapheme_Cluster_Break/LVT", ClusterClass.HangulLVT),
        ("Indic_Conjunct_Break/Consonant", ClusterClass.Consonant),
        ("Binary_Property/Extended_Pictographic", ClusterClass.Pictograph),
        ("Grapheme_Cluster_Break/Extend", ClusterClass.Extend),
        ("Indic_Conjunct_Break/Linker", ClusterClass.Linker),
        ("Grapheme_Cluster_Break/ZWJ", ClusterClass.Joiner),
    ];

    public static string Import(UnicodePackage package)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ClusterClass[] classes = Classes(package, hash);
        StringBuilder text = new(package.Header("Grapheme_Cluster_Break, Indic_Conjunct_Break, Extended_Pictographic and Emoji in one class (ClusterClass.cs)", hash));
        UnicodeRanges.Append(text, classes);
        return text.ToString();
    }

    public static string ImportSpacingMarks(UnicodePackage package)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool[] marks = new bool[TwoStageTable.CodePoints];
        foreach (int codePoint in package.Read("General_Category/Spacing_Mark", hash))
        {
            marks[codePoint] = true;
        }

        StringBuilder text = new(package.Header("General_Category=Mc", hash));
        UnicodeRanges.Append(text, marks);
        return text.ToString();
    }

    private static ClusterClass[] Classes(UnicodePackage package, IncrementalHash hash)
    {
        ClusterClass[] classes = new ClusterClass[TwoStageTable.CodePoints];
        foreach ((string set, ClusterClass value) in Sets)
        {
            foreach (int codePoint in package.Read(set, hash))
            {
                classes[codePoint] = value;
            }
        }

        // Shown as text unless VS16 follows: Emoji without Emoji_Presentation. Digits, # and * are no pictographs and stay what they are.
        HashSet<int> emoji = [.. package.Read("Binary_Property/Emoji", hash)];
        emoji.ExceptWith(package.Read("Binary_Property/Emoji_Presentation", hash));
        foreach (int codePoint in emoji.Where(c => classes[c] == ClusterClass.Pictograph))
        {
            classes[codePoint] = ClusterClass.TextPictograph;
        }

        return classes;
    }
}
