namespace Roam.Cli;

/// <summary>--transport: what carries the datagrams.</summary>
internal enum TransportChoice
{
    /// <summary>UDP; ssh while UDP does not answer.</summary>
    Auto,

    Udp,

    Ssh,
}
