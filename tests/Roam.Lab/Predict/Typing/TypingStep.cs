namespace Roam.Lab;

/// <summary>One line of a typing workload.</summary>
/// <param name="Line">Its number, for messages.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Keys">What to type, one after the other.</param>
/// <param name="Text">Text to wait for.</param>
/// <param name="Millis">To think, or of silence.</param>
internal sealed record TypingStep(int Line, TypingStepKind Kind, IReadOnlyList<Keystroke> Keys, string Text, int Millis);
