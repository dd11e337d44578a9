using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The client's end of a -R: hears whether the far end listens, and on which port.</summary>
internal sealed class RemoteForward(StreamHub hub, ulong id, ForwardRequest request, Action<string> tell, Action<string> fail) : IStreamOwner
{
    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Refused:
                _ = hub.Channels!.RefusalOf(id, out string text);
                request.ListenId = null;
                fail(text.Length > 0 ? text : "the far end refused it");
                break;
            case StreamEventKind.Readable:
                TakePort();
                break;
            case StreamEventKind.Reset:
            case StreamEventKind.Finished:
                fail("the far end listens no more");
                break;
        }
    }

    private void TakePort()
    {
        ReadOnlySpan<byte> bytes = hub.Channels!.Peek(id);
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            return;
        }

        bool isPort = ForwardTarget.TryParsePort(Encoding.ASCII.GetString(bytes[..end]), out int port);
        hub.Channels.Consume(id, end + 1);
        if (isPort && request.State == ForwardState.Waiting)
        {
            (request.Port, request.State) = (port, ForwardState.Listening);
            if (request.Spec.Listen is { Path: null, Port: 0 })
            {
                tell(string.Create(CultureInfo.InvariantCulture, $"Allocated port {port} for remote forward to {request.Spec.Target?.Shown ?? "SOCKS"}"));
            }
        }
    }
}
