using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>The command line of `roam cp`. Letters are scp's. Words are byte strings (<see cref="RawArguments"/>).</summary>
internal sealed class CopyArguments
{
    public const string Synopsis = "roam cp [options] SOURCE... DEST     (each is PATH, [USER@]HOST:PATH or scp://[USER@]HOST[:PORT]/PATH)\n";

    private const string Flags = "rpqC46B3vOsTAR";
    private const string WithValue = "PoiFJlScDX";

    public CopyFlags CopyFlags { get; private set; }

    public bool IsQuiet { get; private set; }

    public long BytesPerSecond { get; private set; }

    /// <summary>-S: the program that makes the connection in place of roam, with its first options, as words for a shell. It takes ssh's. Null: roam itself.</summary>
    public string? Program { get; private set; }

    /// <summary>--ssh: what roam logs in with, as words for a shell.</summary>
    public string SshCommandLine { get; private set; } = "ssh";

    /// <summary>Handed on to it.</summary>
    public List<string> ConnectionWords { get; } = [];

    public List<CopyPlace> Sources { get; } = [];

    public CopyPlace Destination { get; private set; } = new(null, null, ".");

    /// <summary>False: error says what is wrong.</summary>
    public static bool TryParse(string[] arguments, out CopyArguments parsed, out string error)
    {
        parsed = new CopyArguments();
        List<string> places = [];
        error = "";
        bool optionsEnded = false;
        for (int i = 0; i < arguments.Length && error.Length == 0; i++)
        {
            string word = arguments[i];
            if (optionsEnded || word is not ['-', _, ..])
            {
                places.Add(word);
            }
            else if (word == "--")
            {
                optionsEnded = true;
            }
            else
            {
                error = word[1] == '-' ? parsed.TakeLong(arguments, ref i) : parsed.TakeLetters(arguments, ref i);
            }
        }

        if (error.Length == 0 && places.Count < 2)
        {
            error = places.Count == 0 ? "what is to be copied?" : "where to? One source or more, then the destination";
        }

        return error.Length == 0 && parsed.TakePlaces(places, out error);
    }

    private bool TakePlaces(List<string> words, out string error)
    {
        error = "";
        for (int i = 0; i < words.Count; i++)
        {
            if (!CopyPlace.TryParse(words[i], out CopyPlace place, out error))
            {
                error = RawArguments.Text(error);
                return false;
            }

            if (i == words.Count - 1)
            {
                Destination = place;
            }
            else
            {
                Sources.Add(place);
            }
        }

        return true;
    }

    private string TakeLetters(string[] arguments, ref int at)
    {
        string word = arguments[at];
        for (int i = 1; i < word.Length; i++)
        {
            char letter = word[i];
            if (Flags.Contains(letter, StringComparison.Ordinal))
            {
                TakeFlag(letter);
                continue;
            }

            if (!WithValue.Contains(letter, StringComparison.Ordinal))
            {
                return $"unknown option -{letter}";
            }

            if (i + 1 == word.Length && at + 1 == arguments.Length)
            {
                return $"-{letter} needs a value";
            }

            return TakeValue(letter, i + 1 < word.Length ? word[(i + 1)..] : arguments[++at]);
        }

        return "";
    }

    private void TakeFlag(char letter)
    {
        switch (letter)
        {
            case 'r':
                CopyFlags |= CopyFlags.Recursive;
                break;
            case 'p':
                CopyFlags |= CopyFlags.Preserve;
                break;
            case 'q':
                IsQuiet = true;
                break;
            case 'C' or '4' or '6' or 'v':
                ConnectionWords.Add($"-{letter}");
                break;
            case 'B':
                ConnectionWords.AddRange(["-o", "BatchMode=yes"]);
                break;

            // -3 is what is done anyway; the others choose among protocols of scp's that are not ours.
            default:
                break;
        }
    }

    private string TakeValue(char letter, string value)
    {
        switch (letter)
        {
            case 'P':
                ConnectionWords.AddRange(["-p", RawArguments.Text(value)]);
                return "";
            case 'S':
                Program = RawArguments.Text(value);
                return "";
            case 'l':
                // scp's unit: kilobits.
                bool isRate = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long kilobits) && kilobits is > 0 and < int.MaxValue;
                BytesPerSecond = isRate ? kilobits * 1000 / 8 : 0;
                return isRate ? "" : $"\"{value}\" is no number of kilobits per second";
            case 'D' or 'X':
                return $"-{letter} is for scp's own protocol";
            default:
                ConnectionWords.AddRange([$"-{letter}", RawArguments.Text(value)]);
                return "";
        }
    }

    private string TakeLong(string[] arguments, ref int at)
    {
        string word = arguments[at];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        switch (name)
        {
            case "--recursive" or "--preserve" or "--quiet":
                TakeFlag(name[2]);
                return equals < 0 ? "" : $"{name} has no value";
            case "--links":
                CopyFlags |= CopyFlags.Links;
                return equals < 0 ? "" : $"{name} has no value";
            case "--bwlimit" or "--ssh":
                if (equals < 0 && at + 1 == arguments.Length)
                {
                    return $"{name} needs a value";
                }

                string value = RawArguments.Text(equals < 0 ? arguments[++at] : word[(equals + 1)..]);
                if (name == "--ssh")
                {
                    SshCommandLine = value;
                    return "";
                }

                BytesPerSecond = RateOf(value);
                return BytesPerSecond > 0 ? "" : $"\"{value}\" is no rate: bytes per second, or with K, M, G";
            default:
                return $"unknown option {RawArguments.Text(name)}{Suggestion.For(name, ["--recursive", "--preserve", "--quiet", "--links", "--bwlimit", "--ssh"])}";
        }
    }

    /// <summary>2M, 500K, 1.5G: bytes per second. 0: it is none.</summary>
    private static long RateOf(string text)
    {
        double unit = text is [.., 'k' or 'K'] ? 1e3 : text is [.., 'm' or 'M'] ? 1e6 : text is [.., 'g' or 'G'] ? 1e9 : 1;
        string number = unit > 1 ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value * unit is >= 1 and < 1e15 ? (long)(value * unit) : 0;
    }
}
