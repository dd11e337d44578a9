namespace Roam.Lab;

/// <summary>Workloads with their recordings and the table of what these score.</summary>
/// <param name="Name">For --set.</param>
/// <param name="WorkloadFolder">In tests/Roam.Lab/Predict.</param>
/// <param name="RecordingFolder">In tests/Roam.Tests/Prediction.</param>
/// <param name="TableFile">In tests/Roam.Lab/Predict.</param>
internal sealed record TypingSet(string Name, string WorkloadFolder, string RecordingFolder, string TableFile)
{
    /// <summary>What the rules of prediction were found with.</summary>
    public static TypingSet Own { get; } = new("own", "Workloads", "Recordings", "expected.tsv");

    /// <summary>Other people with other programs. No rule is to be made for one of these: they show how a rule does where it was not tried.</summary>
    public static TypingSet HeldOut { get; } = new("held-out", "HeldOut", "HeldOut", "expected-held-out.tsv");

    /// <summary>Outside of a working copy there is none: ".".</summary>
    public string Workloads => WorkingCopy.Find("tests", "Roam.Lab", "Predict", WorkloadFolder) ?? ".";

    public string Recordings => WorkingCopy.Find("tests", "Roam.Tests", "Prediction", RecordingFolder) ?? ".";

    /// <summary>Null outside of a working copy.</summary>
    public string? Table => WorkingCopy.Find("tests", "Roam.Lab", "Predict", TableFile);

    /// <summary>Null: no such set.</summary>
    public static TypingSet? Find(string name) => name == Own.Name ? Own : name == HeldOut.Name ? HeldOut : null;
}
