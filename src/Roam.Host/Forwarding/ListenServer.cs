using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The far end of -R: listens where the client says, for as long as the client's stream lives.</summary>
internal sealed class ListenServer(StreamHub hub, ForwardPolicy policy, ConnectionCount count) : IStreamServer
{
    private int _listeners;

    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        StreamSet streams = hub.Channels!;
        ReadOnlySpan<byte> wire = streams.TargetOf(id);
        if (!ForwardTarget.TryParse(wire, out ForwardTarget place) || place.IsUdp)
        {
            streams.Refuse(id, StreamRefusal.Failed, "That is no place to listen.");
        }
        else if (!policy.Allows(kind, Encoding.UTF8.GetString(wire), out string who))
        {
            streams.Refuse(id, StreamRefusal.Forbidden, $"{who} forbids listening on {place.Shown}.");
        }
        else if (_listeners >= ForwardLimits.ListenersMax)
        {
            streams.Refuse(id, StreamRefusal.TooMany, "Too many forwards listen there.");
        }
        else if (!ListenSocket.TryListen(place, out List<int> descriptors, out int port, out string error))
        {
            streams.Refuse(id, StreamRefusal.Failed, error);
        }
        else
        {
            _listeners++;
            FarListener.Start(hub, id, descriptors, place.Path, port, count, () => _listeners--);
        }
    }
}
