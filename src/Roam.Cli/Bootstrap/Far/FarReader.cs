using Roam.Transport;

namespace Roam.Cli;

/// <summary>Reads what the far side's script and `roam far` say (docs/bootstrap.md), between what start files print. Pure: lines in, answers out.</summary>
/// <param name="endWord">The word of the line `ROAM word ...` after which this reader has nothing to do: CARRY, RELAY, ECHO.</param>
internal sealed class FarReader(string endWord)
{
    private const string Prefix = "ROAM ";
    private const string BeginPrefix = "ROAM FAR ";
    private const string ConnectPrefix = "MOSH CONNECT ";

    /// <summary>A connection id of any length is 16 bytes times the relays on the way: as many as there are places for candidates.</summary>
    private const int ViaDigitsMax = 32 * PeerCandidates.CountMax;
    private const int NameCharsMax = 64;

    /// <summary>The host's own addresses beyond are not used.</summary>
    private const int AddressesMax = 4;

    /// <summary>The script runs: the far side's login shell did what it was asked.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>`uname -s` and `uname -m`.</summary>
    public string System { get; private set; } = "";

    public string Machine { get; private set; } = "";

    /// <summary>The address that the last ssh server was reached at, by its own word.</summary>
    public string? SshAddress { get; private set; }

    /// <summary>The port of the ssh server beside it; 0: not said.</summary>
    public int SshPort { get; private set; }

    /// <summary>What the far side can take, with the last <see cref="FarLine.Need"/>: "gz", "raw", or "none" when it has no place to keep it.</summary>
    public string NeedForm { get; private set; } = "";

    /// <summary>With <see cref="FarLine.Failed"/>: write, hash or run.</summary>
    public string FailedStep { get; private set; } = "";

    /// <summary>With <see cref="FarLine.Note"/>, and the words of the end line.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The host's own global addresses.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>Name of the session's control socket; empty with mosh's server.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Connection id of a shared port, in hexadecimal digits; empty: none.</summary>
    public string Via { get; private set; } = "";

    public bool IsConnected => Port > 0;

    public int Port { get; private set; }

    public string KeyText { get; private set; } = "";

    /// <summary>Why a line was refused.</summary>
    public string Error { get; private set; } = "";

    public FarLine Read(string line)
    {
        string text = line.Trim('\r');
        if (!HasBegun && !text.StartsWith(BeginPrefix, StringComparison.Ordinal))
        {
            // Start files run before the script: nothing of theirs is ours, whatever it looks like.
            return FarLine.Show;
        }

        if (text.StartsWith(ConnectPrefix, StringComparison.Ordinal))
        {
            return ReadConnect(text[ConnectPrefix.Length..]);
        }

        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return FarLine.Show;
        }

        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string rest = string.Join(' ', words.Skip(2));
        string verb = words.Length > 1 ? words[1] : "";
        if (verb == endWord && verb.Length > 0)
        {
            Text = rest;
            return FarLine.End;
        }

        return verb switch
        {
            "FAR" when words.Length == 5 => ReadFar(words),
            "SSH_CONNECTION" when words.Length == 6 => ReadSshConnection(rest, words[5]),
            "NEED" when words.Length is 4 or 5 => ReadNeed(words),
            "FAILED" when words.Length >= 3 => ReadFailed(words[2]),
            "NOTE" when rest.Length > 0 => ReadNote(Printable(rest)),
            "ADDRESSES" => ReadAddresses(words[2..]),
            "SESSION" when words.Length == 3 => ReadSession(words[2]),
            "VIA" when words.Length == 3 => ReadVia(words[2]),
            // A person's own line, or a newer peer's.
            _ => FarLine.Show,
        };
    }

    private FarLine ReadFar(string[] words)
    {
        HasBegun = true;
        (System, Machine) = (words[3], words[4]);
        return FarLine.Taken;
    }

    private FarLine ReadSshConnection(string text, string port)
    {
        SshAddress ??= ServerArguments.AddressOfSshConnection(text);
        SshPort = PortRange.TryParsePort(port, out int number, out _) ? number : 0;
        return FarLine.Taken;
    }

    private FarLine ReadNeed(string[] words)
    {
        (System, Machine) = (words[2], words[3]);
        NeedForm = words.Length == 5 ? words[4] : "gz";
        return FarLine.Need;
    }

    private FarLine ReadFailed(string step)
    {
        FailedStep = step;
        return FarLine.Failed;
    }

    private FarLine ReadNote(string text)
    {
        Text = text;
        return FarLine.Note;
    }

    private FarLine ReadAddresses(string[] words)
    {
        Addresses = [.. words.Where(OptionValues.IsNumericAddress).Distinct(StringComparer.Ordinal).Take(AddressesMax)];
        return FarLine.Taken;
    }

    /// <summary>It becomes a file's name there: nothing but letters, digits and dashes.</summary>
    private FarLine ReadSession(string name)
    {
        if (name.Length > NameCharsMax || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return Refuse("the session's name is not understood");
        }

        Session = name;
        return FarLine.Taken;
    }

    private FarLine ReadVia(string digits)
    {
        if (digits.Length is 0 or > ViaDigitsMax || digits.Length % 32 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            return Refuse("the shared port's connection id is not understood");
        }

        Via = digits;
        return FarLine.Taken;
    }

    private FarLine ReadConnect(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !PortRange.TryParsePort(words[0], out int port, out _) || port == 0 || !SessionKey.TryParse(words[1], out _))
        {
            // The line may hold half a key: it is not repeated.
            return Refuse("the server's MOSH CONNECT line is not understood");
        }

        if (IsConnected && (port != Port || words[1] != KeyText))
        {
            return Refuse("a second session was announced after the first");
        }

        (Port, KeyText) = (port, words[1]);
        return FarLine.Taken;
    }

    /// <summary>It goes to the user's terminal: no control characters.</summary>
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private FarLine Refuse(string error)
    {
        Error = error;
        return FarLine.Refused;
    }
}
