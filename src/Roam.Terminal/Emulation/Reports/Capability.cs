namespace Roam.Terminal;

/// <summary>One entry of the terminal description: terminfo's name, termcap's (empty = none), and its value.</summary>
internal readonly record struct Capability(string Name, string Termcap, CapabilityKind Kind, string Value);
