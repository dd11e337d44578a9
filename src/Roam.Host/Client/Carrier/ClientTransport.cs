namespace Roam.Host;

/// <summary>--transport: how datagrams travel.</summary>
public enum ClientTransport
{
    /// <summary>By UDP, and through ssh while that does not get through.</summary>
    Auto,

    Udp,

    Ssh,
}
