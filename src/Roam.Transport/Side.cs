namespace Roam.Transport;

/// <summary>Which end of the session this is; the direction bit of every nonce follows from it.</summary>
public enum Side
{
    Client,
    Server,
}
