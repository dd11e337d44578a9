namespace Roam.Terminal;

/// <summary>What a screen says about a guess.</summary>
internal enum Verdict
{
    /// <summary>There is no guess.</summary>
    None,

    /// <summary>The screen does not include the answer to the key yet.</summary>
    Pending,
    Right,

    /// <summary>Right, but proves nothing about the echo: unknown, blank, or the screen showed the same before.</summary>
    RightWithoutCredit,
    Wrong,
}
