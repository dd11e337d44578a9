namespace Roam.Terminal;

/// <summary>What bytes that begin with ESC are, seen from the answers that are expected.</summary>
internal enum AnswerMatch
{
    /// <summary>Keys.</summary>
    None,

    /// <summary>Keys, or the beginning of an answer.</summary>
    Ambiguous,

    /// <summary>The beginning of an answer; no key begins so.</summary>
    Partial,

    Whole,
}
