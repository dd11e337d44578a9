using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The server's end of -R: listens as the session's user. Each listener lives as long as its stream.</summary>
internal sealed class ListenServer(ForwardCore core, IForwardPolicy policy) : IStreamServer
{
    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        if (core.Hub.Channels is not { } channels)
        {
            return;
        }

        ReadOnlySpan<byte> target = channels.TargetOf(id);
        if (!ForwardPlace.TryParse(target, out ForwardPlace place) || place.IsUdp)
        {
            channels.Refuse(id, StreamRefusal.Failed, "that is no place to listen at");
        }
        else if (!policy.Allows(kind, Encoding.UTF8.GetString(target), out string whoForbade))
        {
            channels.Refuse(id, StreamRefusal.Forbidden, whoForbade);
        }
        else
        {
            FarListener.Begin(now, core, id, place);
        }
    }
}
