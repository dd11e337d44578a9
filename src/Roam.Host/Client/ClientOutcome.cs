namespace Roam.Host;

/// <summary>How a client's session ended. Only <see cref="Clean"/> is exit code 0.</summary>
internal enum ClientOutcome
{
    Clean,
    Unclean,
    NeverConnected,
    WrongVersion,
    KeyExhausted,
}
