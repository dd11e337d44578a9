namespace Roam.Host;

/// <summary>An answer that is known at once.</summary>
internal sealed record SettledAnswer(bool? IsGood, string Text) : IForwardAnswer;
