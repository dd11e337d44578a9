namespace Roam.Lab;

/// <summary>A server that takes mosh-server's arguments and a client that takes "IP PORT" with MOSH_KEY in its environment, under one name.</summary>
internal sealed record SessionPair(string Name, string Server, string Client)
{
    /// <summary>Not a pair of that kind: sshd and ssh, measured beside them.</summary>
    public static readonly SessionPair Ssh = new("ssh", "sshd", "ssh");

    /// <summary>NAME=SERVER,CLIENT.</summary>
    public static SessionPair? TryParse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return equals <= 0 || comma < equals ? null : new SessionPair(text[..equals], text[(equals + 1)..comma], text[(comma + 1)..]);
    }
}
