namespace Roam.Host;

/// <summary>What the receiver has already, to compare with.</summary>
internal enum CandidateKind
{
    None,

    /// <summary>What an earlier try left.</summary>
    Part,

    /// <summary>The file that is to be replaced.</summary>
    Target,

    /// <summary>A device or pipe that the user named: bytes are poured into it.</summary>
    Stream,
}
