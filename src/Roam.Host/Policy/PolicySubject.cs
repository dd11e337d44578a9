namespace Roam.Host;

/// <summary>What an administrator can forbid.</summary>
[Flags]
internal enum PolicySubject
{
    None = 0,

    /// <summary>Connections from this host, for -L and -D.</summary>
    Connect = 1,

    /// <summary>Listeners on this host, for -R.</summary>
    Listen = 2,

    /// <summary>The client's agent, for programs here.</summary>
    Agent = 4,

    /// <summary>UDP from this host, for -L udp:.</summary>
    Udp = 8,

    /// <summary>`roam cp`.</summary>
    Files = 16,

    /// <summary>Programs without a terminal.</summary>
    Commands = 32,

    Forwarding = Connect | Listen | Agent | Udp,
    Everything = Forwarding | Files | Commands,
}
