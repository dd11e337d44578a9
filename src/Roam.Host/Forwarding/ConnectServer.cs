using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The server's end of -L and -D: makes the connections that the client asks for, as the session's user.</summary>
internal sealed class ConnectServer(ForwardCore core, IForwardPolicy policy) : IStreamServer
{
    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        if (core.Hub.Channels is not { } channels)
        {
            return;
        }

        ReadOnlySpan<byte> target = channels.TargetOf(id);
        if (!ForwardPlace.TryParse(target, out ForwardPlace place) || place.IsUdp || place is { Path: null, Port: 0 })
        {
            channels.Refuse(id, StreamRefusal.Failed, "that is no place to connect to");
        }
        else if (!policy.Allows(kind, Encoding.UTF8.GetString(target), out string whoForbade))
        {
            channels.Refuse(id, StreamRefusal.Forbidden, whoForbade);
        }
        else
        {
            ServedConnection.Begin(now, core, id, place);
        }
    }
}
