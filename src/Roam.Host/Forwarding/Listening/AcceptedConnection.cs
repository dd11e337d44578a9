using Roam.Transport;

namespace Roam.Host;

/// <summary>A connection that was accepted here and goes to the other end as a stream. What it says at once goes along with the opening.</summary>
/// <param name="core">Of this end.</param>
/// <param name="fd">The connection.</param>
/// <param name="isTcp">It has a reset.</param>
/// <param name="kind">Of the stream.</param>
/// <param name="target">Of the stream.</param>
/// <param name="ended">Hears how it ended, while the refusal can be asked for; null: nobody does.</param>
internal sealed class AcceptedConnection(ForwardCore core, int fd, bool isTcp, StreamKind kind, byte[] target, Action<Instant, ulong, StreamPumpEnd>? ended) : IOpening
{
    public bool TryOpen(Instant now)
    {
        if (core.Hub.Channels is not { } channels || !channels.TryOpen(now, kind, target, out ulong id))
        {
            return false;
        }

        core.Pump(id, fd, isTcp, ended is null ? null : (then, how) => ended(then, id, how));
        return true;
    }

    public void Abandon() => _ = Libc.close(fd);
}
