namespace Roam.Lab;

/// <summary>One line of a key script.</summary>
/// <param name="Line">Its number, for messages.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Bytes">Keys.</param>
/// <param name="Text">Text to wait for, size, or name.</param>
/// <param name="Millis">Silence to wait for.</param>
internal readonly record struct KeyStep(int Line, KeyStepKind Kind, byte[] Bytes, string Text, int Millis);
