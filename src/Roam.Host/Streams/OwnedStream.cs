namespace Roam.Host;

/// <summary>Who hears of a stream, and what has been told that a later owner must know.</summary>
internal sealed class OwnedStream(IStreamOwner owner)
{
    public IStreamOwner Owner { get; set; } = owner;

    public bool HasFinished { get; set; }

    public bool HasStopped { get; set; }
}
