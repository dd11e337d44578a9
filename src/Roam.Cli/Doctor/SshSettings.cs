namespace Roam.Cli;

/// <summary>The lines of `ssh -G`: what ssh makes of a host's name and all configuration files.</summary>
internal sealed class SshSettings
{
    public static readonly SshSettings None = new([]);

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public SshSettings(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0)
            {
                _values.TryAdd(line[..space], line[(space + 1)..].Trim());
            }
        }
    }

    public bool IsKnown => _values.Count > 0;

    public string HostName => Value("hostname");

    public string Port => Value("port");

    public string User => Value("user");

    public string ProxyJump => Value("proxyjump");

    public string ProxyCommand => Value("proxycommand");

    public bool SharesConnections => Value("controlmaster") is not ("" or "no" or "false");

    /// <summary>Empty also where ssh says none.</summary>
    private string Value(string name) => _values.TryGetValue(name, out string? value) && value != "none" ? value : "";
}
