using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Makes ClusterClasses.txt from the unpacked npm package @unicode/unicode-VERSION, which holds the properties of the Unicode Character Database as
/// run lengths: numbers of 5, 10, 15 or 21 bits in base64 digits, by turns a gap and a length, each less one after the first gap.
/// </summary>
internal static partial class ClusterDataImport
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

    public static string Import(string package)
    {
        using JsonDocument about = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json")));
        string name = about.RootElement.GetProperty("name").GetString()!;
        string version = about.RootElement.GetProperty("version").GetString()!;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ClusterClass[] classes = Classes(package, hash);
        StringBuilder text = new();
        text.Append($"# Unicode {name[(name.LastIndexOf('-') + 1)..]}\n");
        text.Append($"# Grapheme_Cluster_Break, Indic_Conjunct_Break, Extended_Pictographic and Emoji in one class (ClusterClass.cs), from the npm package {name} {version},\n");
        text.Append($"# by `Roam.Lab widths --import DIRECTORY` (SHA-256 of the files read, one after the other: {Convert.ToHexStringLower(hash.GetHashAndReset())}).\n");
        text.Append("# Copyright 1991-2025 Unicode, Inc.; Unicode License v3, see UNICODE-LICENSE.txt. Code points that are not listed are Other.\n");
        for (int first = 0; first < classes.Length;)
        {
            int end = first;
            while (end < classes.Length && classes[end] == classes[first])
            {
                end++;
            }

            if (classes[first] != ClusterClass.Other)
            {
                text.Append($"{first:X4}..{end - 1:X4} ; {classes[first]}\n");
            }

            first = end;
        }

        return text.ToString();
    }

    private static ClusterClass[] Classes(string package, IncrementalHash hash)
    {
        ClusterClass[] classes = new ClusterClass[TwoStageTable.CodePoints];
        foreach ((string set, ClusterClass value) in Sets)
        {
            foreach (int codePoint in Read(package, set, hash))
            {
                classes[codePoint] = value;
            }
        }

        // Shown as text unless VS16 follows: Emoji without Emoji_Presentation. Digits, # and * are no pictographs and stay what they are.
        HashSet<int> emoji = [.. Read(package, "Binary_Property/Emoji", hash)];
        emoji.ExceptWith(Read(package, "Binary_Property/Emoji_Presentation", hash));
        foreach (int codePoint in emoji.Where(c => classes[c] == ClusterClass.Pictograph))
        {
            classes[codePoint] = ClusterClass.TextPictograph;
        }

        return classes;
    }

    private static List<int> Read(string package, string set, IncrementalHash hash)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(package, set, "ranges.mjs"));
        hash.AppendData(file);
        List<int> numbers = Numbers(Encoded().Match(Encoding.UTF8.GetString(file)).Groups[1].Value);
        List<int> codePoints = [];
        int at = 0;
        for (int i = 0; i + 1 < numbers.Count; i += 2)
        {
            at += numbers[i] + (i == 0 ? 0 : 1);
            codePoints.AddRange(Enumerable.Range(at, numbers[i + 1] + 1));
            at += numbers[i + 1] + 1;
        }

        return codePoints;
    }

    /// <summary>The first digit says how many follow: 0xxxxx none, 10xxxx one, 110xxx two, 111xxx three.</summary>
    private static List<int> Numbers(string text)
    {
        List<int> numbers = [];
        for (int i = 0; i < text.Length;)
        {
            int value = Digits.IndexOf(text[i++], StringComparison.Ordinal);
            int more = value < 32 ? 0 : value < 48 ? 1 : value < 56 ? 2 : 3;
            value &= more switch { 0 => 31, 1 => 15, _ => 7 };
            for (; more > 0; more--)
            {
                value = (value << 6) | Digits.IndexOf(text[i++], StringComparison.Ordinal);
            }

            numbers.Add(value);
        }

        return numbers;
    }

    [GeneratedRegex(@"decodeRanges\('([\w-]+)'\)")]
    private static partial Regex Encoded();
}
