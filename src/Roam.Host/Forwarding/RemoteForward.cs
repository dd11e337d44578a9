using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>-R: the other end listens; each connection comes as a stream, and is made here to the target, or speaks SOCKS here.</summary>
internal sealed class RemoteForward(ForwardCore core, ForwardSpec spec, ForwardSet set) : ForwardRequest(spec), IStreamOwner
{
    /// <summary>"40123\n"</summary>
    private const int PortLineBytesMax = 8;

    private ulong _id;
    private bool _isOpen;

    public override void Begin(Instant now)
    {
        // Nothing can be done here.
    }

    public override void Connected(Instant now)
    {
        if (State != ForwardState.Waiting || _isOpen || core.Hub.Channels is not { } channels)
        {
            return;
        }

        if (!channels.TryOpen(now, StreamKind.Listen, Encoding.UTF8.GetBytes(Spec.Listen.ToWire()), out _id))
        {
            Fail(now, "too many streams are open");
            set.NoteFailure(now, this);
            return;
        }

        _isOpen = true;
        core.Hub.Own(_id, this);
    }

    public bool Listens(ulong id) => _isOpen && _id == id;

    /// <summary>A connection came in there.</summary>
    public void Serve(Instant now, ulong id)
    {
        if (Spec.Target is { } target)
        {
            ServedConnection.Begin(now, core, id, target, NoteConnection);
        }
        else
        {
            SocksStream.Begin(now, core, id);
        }
    }

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Readable:
                ReadPort(now);
                break;
            case StreamEventKind.Refused:
                _isOpen = false;
                _ = core.Hub.Channels!.RefusalOf(_id, out string text);
                End(now, text.Length == 0 ? "the other end does not listen" : text);
                break;
            case StreamEventKind.Reset:
            case StreamEventKind.Finished:
                End(now, "the other end listens no more");
                break;
        }
    }

    protected override void Close(Instant now)
    {
        if (_isOpen)
        {
            _isOpen = false;
            core.Hub.Disown(_id);
            core.Hub.Channels?.Reset(_id);
        }
    }

    private void End(Instant now, string error)
    {
        if (!IsOver)
        {
            Fail(now, error);
            set.NoteFailure(now, this);
        }
    }

    private void ReadPort(Instant now)
    {
        StreamSet channels = core.Hub.Channels!;
        ReadOnlySpan<byte> bytes = channels.Peek(_id);
        int end = bytes.IndexOf((byte)'\n');
        if (State != ForwardState.Waiting || (end < 0 && bytes.Length >= PortLineBytesMax))
        {
            // Nothing else is to be said.
            channels.Consume(_id, bytes.Length);
            return;
        }

        if (end < 0)
        {
            return;
        }

        bool isPort = ForwardPlace.TryParsePort(Encoding.ASCII.GetString(bytes[..end]), out int port);
        channels.Consume(_id, end + 1);
        if (!isPort)
        {
            End(now, "the other end did not say its port");
            return;
        }

        (State, Port) = (ForwardState.Listening, port);
        if (Spec.Listen is { Path: null, Port: 0 })
        {
            set.Note(now, $"Allocated port {port.ToString(CultureInfo.InvariantCulture)} for remote forward to {Spec.Target?.ToString() ?? "SOCKS"}");
        }
    }

    private void NoteConnection(Instant now, StreamRefusal reason, string text) => set.Note(now, $"{Spec.Target}: {text}");
}
