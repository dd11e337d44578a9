using Roam.Transport;

namespace Roam.Cli;

/// <summary>Reads what ssh and the server print until the session's address, port and key are known. Pure: lines in, answers out.</summary>
internal sealed class BootstrapReader(RemoteIpSource source)
{
    private const string IpPrefix = "MOSH IP ";
    private const string MorePrefix = "MOSH MORE ";
    private const string ConnectPrefix = "MOSH CONNECT ";
    private const string SshConnectionPrefix = "MOSH SSH_CONNECTION ";

    private bool _mayFollow;

    /// <summary>Numeric; null while unknown. Set beforehand when this machine resolved the name.</summary>
    public string? Address { get; set; }

    /// <summary>Other addresses of the same host, at most <see cref="PeerCandidates.CountMax"/>.</summary>
    public IReadOnlyList<string> MoreAddresses { get; set; } = [];

    public int Port { get; private set; }

    public string KeyText { get; private set; } = "";

    /// <summary>Why a line was refused.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Whether a shell said that it does not know the server's program.</summary>
    public bool SaidNotFound { get; private set; }

    public BootstrapLine Read(string line)
    {
        string text = line.Trim('\r');
        bool mayFollow = _mayFollow;
        _mayFollow = false;
        if (mayFollow && text.StartsWith(MorePrefix, StringComparison.Ordinal))
        {
            return TakeMore(text[MorePrefix.Length..]);
        }

        if (text.StartsWith(ConnectPrefix, StringComparison.Ordinal))
        {
            return ReadConnect(text[ConnectPrefix.Length..]);
        }

        if (text.StartsWith(IpPrefix, StringComparison.Ordinal))
        {
            // Our own proxy writes both lines at once and before the far side says anything: no other line may name more addresses.
            _mayFollow = Address is null;
            return TakeAddress(text[IpPrefix.Length..]);
        }

        if (source == RemoteIpSource.Remote && text.StartsWith(SshConnectionPrefix, StringComparison.Ordinal))
        {
            string? address = ServerArguments.AddressOfSshConnection(text[SshConnectionPrefix.Length..]);
            return address is null ? Refuse($"the far side's SSH_CONNECTION is not understood: {text}") : TakeAddress(address);
        }

        // dash: "sh: 1: mosh-server: not found"; bash, zsh: "command not found"; fish: "Unknown command"; env: "No such file or directory".
        SaidNotFound |= text.Contains("not found", StringComparison.OrdinalIgnoreCase)
            || text.Contains("Unknown command", StringComparison.OrdinalIgnoreCase)
            || text.Contains("No such file or directory", StringComparison.Ordinal);
        return BootstrapLine.Show;
    }

    /// <summary>Only once: what the far side prints later must not send the client, and the user's keys, to another machine.</summary>
    private BootstrapLine TakeAddress(string text)
    {
        if (!OptionValues.IsNumericAddress(text))
        {
            return Refuse($"\"{text}\" is no address");
        }

        if (Address is not null && Address != text)
        {
            return Refuse($"a second address ({text}) was announced after {Address}");
        }

        Address = text;
        return BootstrapLine.Taken;
    }

    private BootstrapLine TakeMore(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        MoreAddresses = [.. words.Where(OptionValues.IsNumericAddress).Take(PeerCandidates.CountMax)];
        return BootstrapLine.Taken;
    }

    private BootstrapLine ReadConnect(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !PortRange.TryParsePort(words[0], out int port, out _) || port == 0 || !SessionKey.TryParse(words[1], out _))
        {
            // The line may hold half a key: it is not repeated.
            return Refuse("the server's MOSH CONNECT line is not understood");
        }

        Port = port;
        KeyText = words[1];
        return BootstrapLine.Connected;
    }

    private BootstrapLine Refuse(string error)
    {
        Error = error;
        return BootstrapLine.Refused;
    }
}
