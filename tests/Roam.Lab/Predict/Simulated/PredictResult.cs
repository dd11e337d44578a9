namespace Roam.Lab;

/// <summary>What came of one recording with one kind of server.</summary>
internal sealed record PredictResult(string Name, bool Announces, IReadOnlyList<KeyVerdict> Verdicts)
{
    public PredictionScore Score { get; } = PredictionScore.Of(Verdicts);

    public string Server => Announces ? "roam" : "stock";
}
