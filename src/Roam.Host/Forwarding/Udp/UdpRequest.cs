using Roam.Transport;

namespace Roam.Host;

/// <summary>-L udp:: listens here for datagrams. Each program that sends some becomes a stream to the other end.</summary>
internal sealed class UdpRequest : ForwardRequest, IDisposable
{
    private readonly ForwardSet _set;
    private readonly UdpForward _forward;

    public UdpRequest(StreamHub hub, ForwardSpec spec, ForwardSet set)
        : base(spec)
    {
        _set = set;
        _forward = new UdpForward(hub, spec.Target!.ToWire(), Refused);
    }

    /// <summary>Binding needs no answer of anybody's: names of the machine's own addresses are numeric or localhost.</summary>
    public override void Begin(Instant now)
    {
        int errno = Bind();
        if (errno != 0)
        {
            (State, Error) = (ForwardState.Failed, errno < 0 ? $"{Spec.Listen.Host} is no address of this machine" : Libc.ErrorText(errno));
            _forward.Dispose();
            _set.NoteFailure(now, this);
            return;
        }

        (State, Port) = (ForwardState.Listening, _forward.Port);
    }

    public override void Connected(Instant now)
    {
        // The first datagram opens a stream.
    }

    public void Dispose() => _forward.Dispose();

    protected override void Close(Instant now) => _forward.Dispose();

    private void Refused(Instant now, string text) => _set.Note(now, $"{Spec.Target}: {text}");

    /// <summary>0, an errno, or -1: no address. Loopback and "*" mean both families; one of them is enough.</summary>
    private int Bind()
    {
        string[] hosts = Spec.Listen.Host switch
        {
            "" or "localhost" => ["127.0.0.1", "::1"],
            ForwardPlace.Anywhere => ["0.0.0.0", "::"],
            _ => [Spec.Listen.Host],
        };
        int reason = -1;
        bool any = false;
        int port = Spec.Listen.Port;
        foreach (string host in hosts)
        {
            if (!AddressLookup.TryResolve(host, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> addresses, out _))
            {
                continue;
            }

            int errno = _forward.TryBind(addresses[0], port);
            port = errno == 0 && port == 0 ? _forward.Port : port;
            any |= errno == 0;
            reason = reason < 0 ? errno : reason;
        }

        return any ? 0 : reason;
    }
}
