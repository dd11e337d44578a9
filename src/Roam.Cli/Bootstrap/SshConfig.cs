using Roam.Host;

namespace Roam.Cli;

/// <summary>What `ssh -G` says that ssh would do: its configuration files, Match blocks and the user's words taken together.</summary>
internal sealed class SshConfig
{
    /// <summary>A ssh that knows no -G, or a Match exec that hangs, must not keep the session from starting.</summary>
    private const int PatienceMillis = 5000;

    /// <summary>`ssh -G` prints about a hundred lines; another program's help text is shorter than this as well.</summary>
    private const int LinesMax = 2000;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string Value)> _forwardings = [];

    /// <summary>The real name or address; null: not told.</summary>
    public string? HostName => Value("hostname");

    /// <summary>Host[,host...] of -J or ProxyJump; null: none.</summary>
    public string? ProxyJump => Value("proxyjump");

    public string? ProxyCommand => Value("proxycommand");

    /// <summary>ssh makes its connection to the host itself, so the host's name and address mean something on this machine.</summary>
    public bool IsDirect => ProxyJump is null && ProxyCommand is null;

    /// <summary>ForwardAgent: yes, no, a path, or a variable with its dollar sign; null: not told.</summary>
    public string? ForwardAgent => Value("forwardagent");

    public bool ExitOnForwardFailure => Value("exitonforwardfailure") is "yes" or "true";

    /// <summary>What ssh would forward, in pairs of words: L, R or D, then the forwarding as -L, -R and -D take it. None under ClearAllForwardings: ssh has left them out.</summary>
    public List<string> Forwardings() => SshForwardings.Words(_forwardings);

    /// <summary>Options that a configuration may hold and that would take our pipes or our command away; each is set back on ssh's command line.</summary>
    public List<string> Corrections()
    {
        List<string> words = [];
        if (_forwardings.Count > 0)
        {
            // They are the session's: this ssh would hold their ports.
            words.AddRange(["-o", "ClearAllForwardings=yes"]);
        }

        if (ForwardAgent is not (null or "no"))
        {
            // A letter of ssh's own stands over what came before it, also over an -A; an -o does not.
            words.Add("-a");
        }

        if (Value("remotecommand") is not null)
        {
            words.AddRange(["-o", "RemoteCommand=none"]);
        }

        if (Value("stdinnull") is "yes" or "true")
        {
            words.AddRange(["-o", "StdinNull=no"]);
        }

        if (Value("forkafterauthentication") is "yes" or "true")
        {
            words.AddRange(["-o", "ForkAfterAuthentication=no"]);
        }

        if (_values.TryGetValue("sessiontype", out string? type) && type != "default")
        {
            words.AddRange(["-o", "SessionType=default"]);
        }

        return words;
    }

    /// <summary>Asks ssh. Empty when it does not answer.</summary>
    public static SshConfig Ask(IReadOnlyList<string> ssh, string host)
    {
        using PipedProcess? process = PipedProcess.TryStart([.. ssh, "-G", host], out _);
        List<string> lines = [];
        process?.CloseInput();
        while (process is not null && lines.Count < LinesMax)
        {
            PipeEvent news = process.Next(wantsToWrite: false, PatienceMillis, out string line);
            if (news is PipeEvent.Ended or PipeEvent.Timeout)
            {
                break;
            }

            if (news == PipeEvent.Line)
            {
                lines.Add(line);
            }
        }

        return process is not null && process.WaitForExit(lines.Count < LinesMax ? PatienceMillis : 0, static _ => { }) == 0 ? Parse(lines) : new SshConfig();
    }

    public static SshConfig Parse(IEnumerable<string> lines)
    {
        SshConfig config = new();
        foreach (string line in lines)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0)
            {
                config.Add(line[..space], line[(space + 1)..].Trim());
            }
        }

        return config;
    }

    private void Add(string name, string value)
    {
        if (SshForwardings.IsForwarding(name))
        {
            _forwardings.Add((name.ToLowerInvariant(), value));
        }
        else
        {
            _values.TryAdd(name, value);
        }
    }

    private string? Value(string name) => _values.TryGetValue(name, out string? value) && value is not ("" or "none") ? value : null;
}
