using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The far end of -L and -D: connects where the client says.</summary>
internal sealed class ConnectServer(StreamHub hub, NameLookups lookups, ForwardPolicy policy, ConnectionCount count) : IStreamServer
{
    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        StreamSet streams = hub.Channels!;
        ReadOnlySpan<byte> wire = streams.TargetOf(id);
        if (!ForwardTarget.TryParse(wire, out ForwardTarget target) || target.IsUdp || target is { Path: null, Port: 0 })
        {
            streams.Refuse(id, StreamRefusal.Failed, "That is no address to connect to.");
        }
        else if (!policy.Allows(kind, Encoding.UTF8.GetString(wire), out string who))
        {
            streams.Refuse(id, StreamRefusal.Forbidden, $"{who} forbids connections to {target.Shown}.");
        }
        else
        {
            ServedConnection.Start(now, hub, lookups, id, target, count);
        }
    }
}
