using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roam.Lab;

/// <summary>
/// The unpacked npm package @unicode/unicode-VERSION: properties of the Unicode Character Database as run lengths, numbers of 5, 10, 15 or 21 bits in base64 digits,
/// by turns a gap and a length, each less one after the first gap.
/// </summary>
internal sealed partial class UnicodePackage
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly string _directory;

    public UnicodePackage(string directory)
    {
        _directory = directory;
        using JsonDocument about = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "package.json")));
        Name = about.RootElement.GetProperty("name").GetString()!;
        PackageVersion = about.RootElement.GetProperty("version").GetString()!;
    }

    public string Name { get; }

    public string PackageVersion { get; }

    public string UnicodeVersion => Name[(Name.LastIndexOf('-') + 1)..];

    /// <summary>The code points of a set like "Grapheme_Cluster_Break/Extend"; the file goes into the hash.</summary>
    public List<int> Read(string set, IncrementalHash hash)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(_directory, set, "ranges.mjs"));
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

    /// <summary>The head of a data file.</summary>
    public string Header(string what, IncrementalHash hash) =>
        $"# Unicode {UnicodeVersion}\n# {what}, from the npm package {Name} {PackageVersion}\n"
        + $"# by `Roam.Lab widths --import DIRECTORY` (SHA-256 of the files read, one after the other: {Convert.ToHexStringLower(hash.GetHashAndReset())}).\n"
        + "# Copyright 1991-2025 Unicode, Inc.; Unicode License v3, see UNICODE-LICENSE.txt.\n";

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
