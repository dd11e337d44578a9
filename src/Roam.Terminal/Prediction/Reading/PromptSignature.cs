namespace Roam.Terminal;

/// <summary>What makes a prompt the same prompt again although directory and counters in it change.</summary>
/// <param name="Kind">What it ends in.</param>
/// <param name="Hash">Equal for the same prompt.</param>
/// <param name="IsShort">One sign alone: anything may print that.</param>
internal readonly record struct PromptSignature(PromptKind Kind, ulong Hash, bool IsShort)
{
    public bool IsNone => Kind == PromptKind.None;
}
