using System.Globalization;
using System.Text;

namespace Roam.Cli;

/// <summary>A word of `roam cp`: a path here, or host and path (scp(1)). Each character is one byte, as <see cref="Roam.Host.RawArguments"/> has them.</summary>
/// <param name="Host">Null: here. With user@, and an IPv6 address without its brackets.</param>
/// <param name="Port">Of an scp:// address; null: the usual one.</param>
/// <param name="Path">At the host relative to the user's home.</param>
internal sealed record CopyPlace(string? Host, string? Port, string Path)
{
    private const string Scheme = "scp://";
    private const int PortMax = 65535;

    public bool IsHere => Host is null;

    /// <summary>False: error says what is wrong.</summary>
    public static bool TryParse(string word, out CopyPlace place, out string error)
    {
        error = "";
        place = new CopyPlace(null, null, word);
        if (word.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return TryParseAddress(word, out place, out error);
        }

        int colon = ColonOf(word);
        if (colon < 0)
        {
            error = word.Length == 0 ? "an empty path" : "";
            return word.Length > 0;
        }

        place = new CopyPlace(WithoutBrackets(word[..colon]), null, word[(colon + 1)..]);
        return CheckHost(place.Host!, word, out error);
    }

    /// <summary>Where the host ends: the first colon outside of brackets and before any slash. A colon at the start belongs to a file's name.</summary>
    private static int ColonOf(string word)
    {
        bool isInBrackets = word is ['[', ..];
        for (int i = 0; i < word.Length; i++)
        {
            switch (word[i])
            {
                case '@' when i + 1 < word.Length && word[i + 1] == '[':
                    isInBrackets = true;
                    break;
                case ']' when isInBrackets:
                    return i + 1 < word.Length && word[i + 1] == ':' ? i + 1 : -1;
                case ':' when !isInBrackets:
                    return i == 0 ? -1 : i;
                case '/':
                    return -1;
            }
        }

        return -1;
    }

    /// <summary>scp://[user@]host[:port][/path]; the path is relative to the home, and absolute with a second slash. %XX are decoded.</summary>
    private static bool TryParseAddress(string word, out CopyPlace place, out string error)
    {
        string rest = word[Scheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string path = slash < 0 ? "" : rest[(slash + 1)..];
        string host = slash < 0 ? rest : rest[..slash];
        string? port = null;
        int colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
        {
            port = host[(colon + 1)..];
            host = host[..colon];
        }

        place = new CopyPlace(WithoutBrackets(Decode(host)), port, Decode(path));
        if (port is not null && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= PortMax))
        {
            error = $"\"{port}\" in {word} is no port";
            return false;
        }

        return CheckHost(place.Host!, word, out error);
    }

    /// <summary>A host that begins with "-" would be an option of ssh's.</summary>
    private static bool CheckHost(string host, string word, out string error)
    {
        string name = host[(host.LastIndexOf('@') + 1)..];
        bool isGood = name.Length > 0 && host[0] != '-' && name[0] != '-' && !host.AsSpan().ContainsAny(" \t\n\0");
        error = isGood ? "" : $"there is no host in {word}";
        return isGood;
    }

    private static string WithoutBrackets(string host)
    {
        int at = host.LastIndexOf('@') + 1;
        return host[at..] is ['[', .., ']'] ? host[..at] + host[(at + 1)..^1] : host;
    }

    private static string Decode(string text)
    {
        StringBuilder decoded = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isCoded = text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            _ = decoded.Append(isCoded ? (char)Convert.ToInt32(text.Substring(i + 1, 2), 16) : text[i]);
            i += isCoded ? 2 : 0;
        }

        return decoded.ToString();
    }
}
