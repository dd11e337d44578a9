namespace Roam.Cli;

/// <summary>--experimental-remote-ip: how the wrapper learns the address that the client shall speak to.</summary>
internal enum RemoteIpSource
{
    /// <summary>The wrapper makes ssh's TCP connection itself (as ProxyCommand), so it knows the address that answered.</summary>
    Proxy,

    /// <summary>The name is resolved on this machine before ssh is started.</summary>
    Local,

    /// <summary>The far side's SSH_CONNECTION tells.</summary>
    Remote,

    /// <summary>All of it: what ssh's configuration and connection say, and what the far side says. `roam`'s own way.</summary>
    Auto,
}
