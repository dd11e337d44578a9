namespace Roam.Cli;

/// <summary>What a check found: one line of finding, and for what is not in order one of what to do.</summary>
internal sealed record Finding(CheckState State, string Text, string Advice = "")
{
    /// <summary>What was looked at, when a check looks at several things of a kind.</summary>
    public string Subject { get; init; } = "";

    /// <summary>For --json: names and values (string, long, double, bool).</summary>
    public IReadOnlyList<(string Name, object Value)> Facts { get; init; } = [];

    public static Finding Ok(string text, params (string Name, object Value)[] facts) => new(CheckState.Ok, text) { Facts = facts };

    public static Finding Warning(string text, string advice, params (string Name, object Value)[] facts) => new(CheckState.Warning, text, advice) { Facts = facts };

    public static Finding Failed(string text, string advice, params (string Name, object Value)[] facts) => new(CheckState.Failed, text, advice) { Facts = facts };

    public static Finding Skipped(string text) => new(CheckState.Skipped, text);
}
