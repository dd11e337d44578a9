namespace Roam.Host;

/// <summary>What a receiver wants of a file. The numbers are the wire's.</summary>
internal enum AnswerKind
{
    /// <summary>It cannot be taken; the receiver has said why.</summary>
    Refused = 0,

    /// <summary>All of it.</summary>
    Everything = 1,

    /// <summary>What differs from the blocks whose hashes are in the answer.</summary>
    Compare = 2,

    /// <summary>What differs from the blocks whose hashes follow when the file begins.</summary>
    CompareLater = 3,
}
