namespace Roam.Cli;

/// <summary>What `roam doctor` was asked to look at.</summary>
internal sealed record DoctorOptions
{
    /// <summary>[user@]host; null: this machine only.</summary>
    public string? Host { get; init; }

    public string SshCommandLine { get; init; } = "ssh";

    /// <summary>For ssh's -J; null: as ssh is configured.</summary>
    public string? Jump { get; init; }

    /// <summary>Null: the server's own choice.</summary>
    public PortRange? Ports { get; init; }

    public bool Json { get; init; }
}
