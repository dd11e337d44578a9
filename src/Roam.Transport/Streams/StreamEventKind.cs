namespace Roam.Transport;

/// <summary>What <see cref="StreamSet.PollEvent"/> tells; in this order when several wait for one stream.</summary>
public enum StreamEventKind
{
    /// <summary>The peer opened it.</summary>
    Opened,

    /// <summary>There are more bytes to read than before.</summary>
    Readable,

    /// <summary>The peer's last byte came; what is not consumed is still readable.</summary>
    Finished,

    /// <summary>The peer ended it at once: nothing of it can be read or written any more.</summary>
    Reset,

    /// <summary>After a <see cref="StreamSet.Write"/> that did not take all: a quarter of the buffer is free.</summary>
    Writable,
}
