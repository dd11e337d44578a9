namespace Roam.Host;

/// <summary>How far a SOCKS handshake is.</summary>
internal enum SocksState
{
    /// <summary>More bytes are needed.</summary>
    More,

    /// <summary>The greeting is answered; the request follows, or is there already.</summary>
    Greeted,

    /// <summary>It is known where to connect.</summary>
    Complete,

    /// <summary>It cannot be served: after the answer, if there is one, the connection ends.</summary>
    Bad,
}
