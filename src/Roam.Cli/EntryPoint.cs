namespace Roam.Cli;

/// <summary>What the one program file is asked to be.</summary>
internal enum EntryPoint
{
    Roam,
    Mosh,
    MoshClient,
    MoshServer,

    /// <summary>What runs on the far side of a login.</summary>
    Far,

    /// <summary>The process that holds a session after its starter has returned (Roam.Host, Detach).</summary>
    DetachedServer,

    /// <summary>For the test that pins the collector's settings in the published binary.</summary>
    CollectorSettings,
}
