using Roam.Transport;

namespace Roam.Host;

/// <summary>What the forwards of one end share: the count of their connections, the names that are asked for, and the listeners that wait.</summary>
internal sealed class ForwardCore : IDisposable
{
    private readonly List<Listener> _waiting = [];

    public ForwardCore(StreamHub hub)
    {
        Hub = hub;
        Lookups = new NameLookups(hub);
        Opener = new StreamOpener(this);
    }

    public StreamHub Hub { get; }

    public NameLookups Lookups { get; }

    public StreamOpener Opener { get; }

    public int Connections { get; private set; }

    public int Listeners { get; set; }

    /// <summary>One more connection may be accepted.</summary>
    public bool HasRoom => Connections < ForwardLimits.ConnectionsMax && Opener.IsEmpty && Hub.Channels is not null;

    /// <summary>A connection begins: it was accepted here, or the peer asks for one.</summary>
    public void Begin() => Connections++;

    /// <summary>It is over, at whatever point.</summary>
    public void End(Instant now)
    {
        Connections--;
        Opener.Retry(now);
        Resume(now);
    }

    /// <summary>Moves the bytes of a connection that has begun, and ends it.</summary>
    public void Pump(ulong id, int fd, bool isTcp, Action<Instant, StreamPumpEnd>? ended = null) =>
        StreamPump.Start(Hub, id, fd, fd, new StreamPumpOptions
        {
            IsTcp = isTcp,
            Ended = (now, how) =>
            {
                ended?.Invoke(now, how);
                End(now);
            },
        });

    /// <summary>The listener accepts nothing until there is room.</summary>
    public void Wait(Listener listener)
    {
        if (!_waiting.Contains(listener))
        {
            _waiting.Add(listener);
        }
    }

    public void Forget(Listener listener) => _waiting.Remove(listener);

    /// <summary>Listeners that waited accept again, if there is room.</summary>
    public void Resume(Instant now)
    {
        while (_waiting.Count > 0 && HasRoom)
        {
            Listener listener = _waiting[0];
            _waiting.RemoveAt(0);
            listener.Resume(now);
        }
    }

    public void Dispose()
    {
        Opener.Abandon();
        Lookups.Dispose();
    }
}
