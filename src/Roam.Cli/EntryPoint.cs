namespace Roam.Cli;

/// <summary>What the one program file is asked to be.</summary>
internal enum EntryPoint
{
    Roam,
    Mosh,
    MoshClient,
    MoshServer,

    /// <summary>What the wrapper's login becomes on the far side.</summary>
    Far,

    /// <summary>The process that holds a session after its starter has returned (Roam.Host, Detach).</summary>
    DetachedServer,

    /// <summary>`roam server`: mosh-server with what only Roam's clients can use.</summary>
    Server,

    /// <summary>The process behind a shared port (Roam.Host, BrokerHost).</summary>
    DetachedBroker,

    /// <summary>`roam ssh`, and a link named roam-ssh.</summary>
    Ssh,

    /// <summary>`roam relay`.</summary>
    Relay,

    /// <summary>The process that a relay is (Roam.Host, RelayHost).</summary>
    DetachedRelay,

    /// <summary>`roam cp`.</summary>
    Copy,

    /// <summary>For the test that pins the collector's settings in the published binary.</summary>
    CollectorSettings,
}
