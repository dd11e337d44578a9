namespace Roam.Host;

/// <summary>A program to start and what it is to find. The child's signals are all at their defaults and unblocked unless <see cref="BlockedSignals"/> says otherwise.</summary>
internal ref struct SpawnRequest
{
    /// <summary>A path, or with <see cref="SearchPath"/> a name to look for in PATH.</summary>
    public required string File { get; init; }

    public bool SearchPath { get; init; }

    /// <summary>The first is argv[0]; it need not be the file's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>NAME=VALUE entries; null: this process's environment.</summary>
    public List<byte[]>? Environment { get; init; }

    /// <summary>Descriptor of this process for the child's 0, 1, 2, 3 ...; -1: /dev/null; <see cref="Spawner.Inherit"/>: as it is here. Nothing else is inherited.</summary>
    public ReadOnlySpan<int> Descriptors { get; set; }

    /// <summary>A terminal to be opened as the child's 0, 1 and 2, which makes it the controlling terminal of the new session (then <see cref="Descriptors"/> is empty).</summary>
    public string? Terminal { get; init; }

    public bool NewSession { get; init; }

    public string? WorkingDirectory { get; init; }

    public ReadOnlySpan<int> BlockedSignals { get; init; }
}
