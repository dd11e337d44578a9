namespace Roam.Transport;

/// <summary>What reading the next frame of a datagram gave.</summary>
internal enum FrameResult
{
    Frame,

    /// <summary>There is none.</summary>
    End,

    /// <summary>A type that is not known: its length is not either, so the rest of the datagram is ignored.</summary>
    Unknown,
    Malformed,
}
