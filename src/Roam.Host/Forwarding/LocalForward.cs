using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>-L and -D: listens here; each connection becomes a stream to the other end.</summary>
internal sealed class LocalForward : ForwardRequest, IListenOwner, IDisposable
{
    private readonly ForwardCore _core;
    private readonly ForwardSet _set;
    private readonly Listener _listener;
    private readonly byte[] _target;

    public LocalForward(ForwardCore core, ForwardSpec spec, ForwardSet set)
        : base(spec)
    {
        (_core, _set) = (core, set);
        _listener = new Listener(core, spec.Listen, this);
        _target = spec.Target is { } target ? Encoding.UTF8.GetBytes(target.ToWire()) : [];
    }

    public override void Begin(Instant now) => _listener.Begin(now);

    public override void Connected(Instant now)
    {
        // The listener hears from the core that there is room.
    }

    public void Dispose() => _listener.Dispose();

    protected override void Close(Instant now) => _listener.Dispose();

    public void Listening(Instant now, int port)
    {
        (State, Port) = (ForwardState.Listening, port);
        if (Spec.Listen is { Path: null, Port: 0 })
        {
            _set.Note(now, $"Allocated port {port.ToString(CultureInfo.InvariantCulture)} for local forward to {Spec.Target?.ToString() ?? "SOCKS"}");
        }
    }

    public void NotListening(Instant now, string text)
    {
        (State, Error) = (ForwardState.Failed, text);
        _set.NoteFailure(now, this);
    }

    public void Accepted(Instant now, int fd, bool isTcp, string originator)
    {
        if (Spec.SpeaksSocks)
        {
            SocksConnection.Begin(now, _core, fd, isTcp, NoteSocks);
            return;
        }

        _core.Opener.Open(now, new AcceptedConnection(_core, fd, isTcp, StreamKind.Connect, _target, Ended));
    }

    public void Starved(Instant now, string text) => _set.Note(now, text);

    private void Ended(Instant now, ulong id, StreamPumpEnd how)
    {
        if (how == StreamPumpEnd.Refused && _core.Hub.Channels is { } channels)
        {
            _ = channels.RefusalOf(id, out string text);
            _set.Note(now, $"{Spec.Target}: {text}");
        }
    }

    /// <summary>A program hears of a failed connection by SOCKS; of who forbade it only its user can.</summary>
    private void NoteSocks(Instant now, string place, StreamRefusal reason, string text)
    {
        if (reason == StreamRefusal.Forbidden)
        {
            _set.Note(now, $"{place}: {text}");
        }
    }
}
