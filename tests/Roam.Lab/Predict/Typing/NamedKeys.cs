using System.Text;

namespace Roam.Lab;

/// <summary>The keys that have names: Enter, Up, ^A, M-b, F1 ...</summary>
internal static class NamedKeys
{
    private static readonly Dictionary<string, string> Sequences = new()
    {
        ["Enter"] = "\r",
        ["Tab"] = "\t",
        ["BackTab"] = "\e[Z",
        ["Esc"] = "\e",
        ["Space"] = " ",
        ["Backspace"] = "\x7f",
        ["Up"] = "\e[A",
        ["Down"] = "\e[B",
        ["Right"] = "\e[C",
        ["Left"] = "\e[D",
        ["Home"] = "\e[H",
        ["End"] = "\e[F",
        ["Ins"] = "\e[2~",
        ["Del"] = "\e[3~",
        ["PgUp"] = "\e[5~",
        ["PgDn"] = "\e[6~",
        ["C-Right"] = "\e[1;5C",
        ["C-Left"] = "\e[1;5D",
        ["F1"] = "\eOP",
        ["F2"] = "\eOQ",
        ["F3"] = "\eOR",
        ["F4"] = "\eOS",
        ["F5"] = "\e[15~",
        ["F6"] = "\e[17~",
        ["F7"] = "\e[18~",
        ["F8"] = "\e[19~",
        ["F9"] = "\e[20~",
        ["F10"] = "\e[21~",
    };

    /// <summary>The name of what a keyboard sent; text is its own name.</summary>
    public static string NameOf(ReadOnlySpan<byte> bytes)
    {
        string sequence = Encoding.UTF8.GetString(bytes);
        foreach ((string name, string known) in Sequences)
        {
            if (sequence == known)
            {
                return name == "Space" ? " " : name;
            }
        }

        return sequence switch
        {
            [< ' '] => "^" + (char)(sequence[0] + '@'),
            ['\e', 'O', >= 'A' and <= 'H'] => NameOf([0x1B, (byte)'[', bytes[2]]),
            ['\e', _, ..] when sequence.Length == 2 => "M-" + NameOf(bytes[1..]),
            _ => sequence,
        };
    }

    /// <summary>What it sends; a single character stands for itself. Null: no such key.</summary>
    public static string? Find(string name) => name switch
    {
        ['^', >= '@' and <= '_'] => ((char)(name[1] & 0x1F)).ToString(),
        "^?" => "\x7f",
        ['M', '-', .. string key] when key.Length != 0 && Find(key) is string sequence => "\e" + sequence,
        _ => name.EnumerateRunes().Take(2).Count() == 1 ? name : Sequences.GetValueOrDefault(name),
    };
}
