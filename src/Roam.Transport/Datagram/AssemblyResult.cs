namespace Roam.Transport;

/// <summary>What a fragment did.</summary>
internal enum AssemblyResult
{
    /// <summary>More are missing, or this one was held already.</summary>
    Incomplete,
    Complete,

    /// <summary>Malformed, or in contradiction to one already held: dropped alone.</summary>
    Refused,
}
