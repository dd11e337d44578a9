using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>What becomes of a connection to a -L or -D: a stream, into which its bytes go before the far end has answered, or the SOCKS handshake.</summary>
internal sealed class LocalForward(StreamHub hub, ForwardSpec spec, ConnectionCount count, Action<string> tell) : IConnectionTaker
{
    private readonly byte[] _target = Encoding.UTF8.GetBytes(spec.Target?.Text ?? "");

    public bool TryTake(Instant now, int fd, bool isTcp, string originator)
    {
        if (!count.HasRoom)
        {
            return false;
        }

        if (spec.Target is null)
        {
            SocksConnection.Start(now, hub, fd, isTcp, count);
            return true;
        }

        if (hub.Channels is not { } streams || !streams.TryOpen(now, StreamKind.Connect, _target, out ulong id))
        {
            return false;
        }

        count.Add();
        StreamPump.Start(hub, id, fd, fd, new StreamPumpOptions { IsTcp = isTcp, Ended = (_, how) => End(id, how) });
        return true;
    }

    private void End(ulong id, StreamPumpEnd how)
    {
        count.Remove();
        if (how == StreamPumpEnd.Refused && hub.Channels is { } streams)
        {
            _ = streams.RefusalOf(id, out string text);
            tell(text.Length > 0 ? text : $"{spec.Target?.Shown}: refused by the far end");
        }
    }
}
