using Roam.Transport;

namespace Roam.Host;

/// <summary>One question to the resolver, and its answer.</summary>
internal sealed class NameLookup(string host, int port, ILookupOwner owner)
{
    public string Host { get; } = host;

    public int Port { get; } = port;

    public ILookupOwner Owner { get; } = owner;

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>In the order in which they should be tried; empty: the error says why.</summary>
    public List<PeerAddress> Addresses { get; private set; } = [];

    public string Error { get; private set; } = "";

    /// <summary>Asks; for as long as the resolver takes.</summary>
    public void Run()
    {
        _ = HostNames.TryResolve(Host, Port, out List<PeerAddress> addresses, out string error);
        (Addresses, Error) = (addresses, error);
    }
}
