namespace Roam.Lab;

/// <summary>One thing that a recorded program did.</summary>
/// <param name="Key">The newest key before it; -1: none.</param>
/// <param name="Micros">Since the program's start.</param>
/// <param name="DelayMicros">Since that key.</param>
/// <param name="Output">What it wrote; empty when it did something else.</param>
/// <param name="Line">ICANON and ECHO, when they changed.</param>
internal readonly record struct RecordedAnswer(int Key, long Micros, long DelayMicros, byte[] Output, (bool Canonical, bool Echo)? Line);
