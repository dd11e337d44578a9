namespace Roam.Host;

/// <summary>What a <see cref="SocksReader"/> wants next.</summary>
internal enum SocksStep
{
    /// <summary>More bytes.</summary>
    More,

    /// <summary>Its reply is to be sent, and reading goes on.</summary>
    Answer,

    /// <summary>The place that the client wants is known.</summary>
    Ask,

    /// <summary>Its reply is to be sent, if there is one, and the connection to be closed.</summary>
    Bad,
}
