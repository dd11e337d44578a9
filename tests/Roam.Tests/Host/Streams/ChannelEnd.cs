using Roam.Host;
using Roam.Session;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>One end of a <see cref="ChannelPair"/>.</summary>
internal sealed class ChannelEnd : IChannelSource, IDisposable
{
    private readonly byte[] _buffer = new byte[1500];
    private ulong _number = 1;

    public ChannelEnd(Side side)
    {
        Streams = new StreamSet(side, new DelayController());
        Hub = new StreamHub(this);
    }

    public StreamSet Streams { get; }

    public StreamHub Hub { get; }

    public StreamSet? Channels => Streams;

    /// <summary>Datagrams do not get through.</summary>
    public bool IsCut { get; set; }

    public bool PollChannel(out StreamEvent e) => Streams.PollChannelEvent(out e);

    public void Turn(Instant now)
    {
        if (Streams.NextTimeout <= now)
        {
            Streams.HandleTimeout(now);
        }

        Hub.Turn(now);
    }

    public bool CarryTo(ChannelEnd other, Instant now)
    {
        bool any = false;
        for (int length; (length = Streams.WriteDatagram(now, _number++, _buffer.AsSpan(0, 1200), 66)) > 0;)
        {
            any = true;
            if (!IsCut)
            {
                other.Streams.TakeDatagram(now, _number - 1, _buffer.AsSpan(0, length), other._number);
            }
        }

        return any;
    }

    public void Dispose() => Hub.Dispose();
}
