namespace Roam.Terminal;

/// <summary>What the text left of the cursor looks like.</summary>
internal enum PromptKind : byte
{
    None,

    /// <summary>It ends in a sign that shells and REPLs end their prompts with.</summary>
    Terminator,

    /// <summary>It ends in ":", "?" or "]": a question, or IPython.</summary>
    Question,
}
