namespace Roam.Lab;

/// <summary>The score of one session, or of several: text and command keys apart.</summary>
internal readonly record struct PredictionScore(GroupScore Text, GroupScore Command)
{
    public GroupScore Total => Text + Command;

    public static PredictionScore Of(IEnumerable<KeyVerdict> verdicts)
    {
        PredictionScore score = default;
        foreach (KeyVerdict verdict in verdicts)
        {
            score += verdict.Key.Group == TypingGroup.Text ? new PredictionScore(GroupScore.Of(verdict), default) : new PredictionScore(default, GroupScore.Of(verdict));
        }

        return score;
    }

    public static PredictionScore operator +(PredictionScore a, PredictionScore b) => new(a.Text + b.Text, a.Command + b.Command);

    public static PredictionScore Add(PredictionScore left, PredictionScore right) => left + right;
}
