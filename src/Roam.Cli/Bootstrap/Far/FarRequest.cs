namespace Roam.Cli;

/// <summary>One login that ends in a running `roam` on the far side.</summary>
internal sealed record FarRequest
{
    /// <summary>ssh's words up to and with the host; the remote command is put behind them.</summary>
    public required IReadOnlyList<string> Ssh { get; init; }

    /// <summary>For messages.</summary>
    public required string Host { get; init; }

    /// <summary>What roam is to do there: `far new ...`, `relay ...`, `far --echo`.</summary>
    public required IReadOnlyList<string> Verb { get; init; }

    /// <summary>The line `ROAM word` that ends the login's part.</summary>
    public required string EndWord { get; init; }

    public InstallMode Install { get; init; } = InstallMode.Auto;

    /// <summary>The words of mosh-server (`new -c 256 ...`) when it may take Roam's place; empty: it may not.</summary>
    public IReadOnlyList<string> MoshWords { get; init; } = [];

    /// <summary>The name in messages.</summary>
    public string ProgramName { get; init; } = "roam";

    /// <summary>Nothing but errors is told: what start files say, notes and the progress are dropped.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>For logins that nobody watches; 0: as long as it takes.</summary>
    public int PatienceMillis { get; init; }
}
