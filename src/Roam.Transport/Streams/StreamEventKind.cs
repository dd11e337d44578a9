namespace Roam.Transport;

/// <summary>What <see cref="StreamSet.PollEvent"/> tells; in this order when several wait for one stream.</summary>
public enum StreamEventKind
{
    /// <summary>The peer opened it.</summary>
    Opened,

    /// <summary>The peer serves the stream that was opened here. Nothing else is told of a channel before it is answered.</summary>
    Accepted,

    /// <summary>It does not: <see cref="StreamSet.RefusalOf"/> says why. The stream is over.</summary>
    Refused,

    /// <summary>There are more bytes to read than before.</summary>
    Readable,

    /// <summary>The peer's last byte came; what is not consumed is still readable.</summary>
    Finished,

    /// <summary>The peer ended it at once: nothing of it can be read or written any more.</summary>
    Reset,

    /// <summary>After a <see cref="StreamSet.Write"/> that did not take all: there is room for much more.</summary>
    Writable,

    /// <summary>The peer reads no more: what is written now goes nowhere. The other direction goes on.</summary>
    Stopped,

    /// <summary>Datagrams wait in it.</summary>
    Datagram,
}
