namespace Roam.Transport;

/// <summary>The kinds of lists that a stream can be in: in one of each at a time.</summary>
internal enum StreamSlot
{
    Control,
    Send,
    Event,
    Room,
}
