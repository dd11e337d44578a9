namespace Roam.Transport;

/// <summary>What became of the bytes of a STREAM frame.</summary>
internal enum StoreResult
{
    Stored,

    /// <summary>Beyond the window, or against an end that was said before: ignored.</summary>
    Refused,

    /// <summary>Too many gaps: not taken, and must not be acknowledged.</summary>
    NoPlace,
}
