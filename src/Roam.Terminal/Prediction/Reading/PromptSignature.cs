namespace Roam.Terminal;

/// <summary>What makes a prompt the same prompt again although directory and counters in it change.</summary>
internal readonly record struct PromptSignature(PromptKind Kind, ulong Hash)
{
    public bool IsNone => Kind == PromptKind.None;
}
