namespace Roam.Terminal;

/// <summary>The line that the user types into.</summary>
internal struct TextLine
{
    public bool IsKnown;

    public int Row;

    /// <summary>Where typing began: behind the prompt.</summary>
    public int Start;

    /// <summary>Behind the last character of the user's text, as far as it is known; what stands to the right of it is the program's (a suggestion, a right prompt).</summary>
    public int End;

    /// <summary>First column of the pane.</summary>
    public int LeftEdge;

    /// <summary>What stands between <see cref="LeftEdge"/> and <see cref="Start"/>.</summary>
    public ulong PrefixHash;

    public PromptSignature Prompt;

    /// <summary>The cursor has gone back into the text: something of the user's may be to its right.</summary>
    public bool HasMoved;

    /// <summary>A character typed here was echoed.</summary>
    public bool HasEchoed;

    /// <summary>The prompt, or the status, has been credited for this line.</summary>
    public bool IsCredited;

    /// <summary>A character typed here was not echoed.</summary>
    public bool HasRefused;
}
