namespace Roam.Terminal;

/// <summary>The shell's marks on one row, in two bytes.</summary>
public readonly record struct PromptMark(PromptMarkKinds Kinds, byte ExitCode);
