using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The client's forwards. Local listeners are there at once, and their callers wait until the session is; the far end's are asked for when it is there. Each may come and go while the
/// session runs; connections that are open stay when their forward goes, as with ssh.
/// </summary>
internal sealed class ForwardSet : IStreamServer, IDisposable
{
    private readonly StreamHub _hub;
    private readonly NameLookups _lookups;
    private readonly ConnectionCount _count;
    private readonly Action<string> _tell;
    private readonly List<ForwardRequest> _requests = [];
    private bool _isReady;

    /// <param name="hub">Of the loop.</param>
    /// <param name="tell">Told in a sentence what the user should know.</param>
    public ForwardSet(StreamHub hub, Action<string> tell)
    {
        (_hub, _tell) = (hub, tell);
        _lookups = new NameLookups(hub);
        _count = new ConnectionCount();
        hub.Serve(StreamKind.Accepted, this);
    }

    public IReadOnlyList<ForwardRequest> Requests => _requests;

    public int ConnectionCount => _count.Count;

    /// <summary>The first forward that could not be had.</summary>
    public ForwardRequest? FirstFailed { get; private set; }

    /// <summary>The far end's answer is not known for all.</summary>
    public bool IsWaiting => _requests.Exists(request => request.State == ForwardState.Waiting);

    public ForwardRequest Add(Instant now, ForwardSpec spec)
    {
        ForwardRequest request = new(spec);
        if (_requests.Count >= ForwardLimits.ListenersMax)
        {
            Fail(request, "too many forwards");
            return request;
        }

        _requests.Add(request);
        if (spec.Kind != ForwardKind.Remote)
        {
            Listen(request);
        }
        else if (_isReady)
        {
            AskFarEnd(now, request);
        }

        return request;
    }

    public void Remove(ForwardRequest request)
    {
        _requests.Remove(request);
        Close(request);
        request.State = ForwardState.Removed;
    }

    /// <summary>Once a turn, before the hub's: the session may have come to have channels.</summary>
    public void Turn(Instant now)
    {
        if (_isReady || _hub.Channels is null || _requests.Count == 0)
        {
            return;
        }

        _isReady = true;
        foreach (ForwardRequest request in _requests.ToArray())
        {
            request.Acceptor?.Start();
            if (request is { Spec.Kind: ForwardKind.Remote, State: ForwardState.Waiting })
            {
                AskFarEnd(now, request);
            }
        }
    }

    /// <summary>The far end has no channels, and never will: nothing is forwarded.</summary>
    public void FailAll(string reason)
    {
        foreach (ForwardRequest request in _requests)
        {
            Close(request);
            (request.State, request.Failure) = (ForwardState.Failed, reason);
            FirstFailed ??= request;
        }
    }

    /// <summary>A connection came in at the far end.</summary>
    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        ReadOnlySpan<byte> target = _hub.Channels!.TargetOf(id);
        ForwardRequest? request = VarInt.TryRead(ref target, out ulong listen) ? _requests.Find(r => r.ListenId == listen) : null;
        if (request is null)
        {
            _hub.Channels.Refuse(id, StreamRefusal.Forbidden, "Nobody asked for this forward.");
        }
        else if (request.Spec.Target is { } place)
        {
            ServedConnection.Start(now, _hub, _lookups, id, place, _count, _tell);
        }
        else
        {
            _hub.Channels.Refuse(id, StreamRefusal.Unserved, "SOCKS at the far end is not served.");
        }
    }

    public void Dispose()
    {
        foreach (ForwardRequest request in _requests)
        {
            Close(request);
        }

        _lookups.Dispose();
    }

    private void Listen(ForwardRequest request)
    {
        if (!ListenSocket.TryListen(request.Spec.Listen, out List<int> descriptors, out int port, out string error))
        {
            Fail(request, error);
            return;
        }

        request.Port = port;
        request.State = ForwardState.Listening;
        request.Acceptor = new Acceptor(_hub, descriptors, request.Spec.Listen.Path, new LocalForward(_hub, request.Spec, _count, _tell));
        if (_isReady)
        {
            request.Acceptor.Start();
        }

        if (request.Spec.Listen is { Path: null, Port: 0 })
        {
            _tell(string.Create(CultureInfo.InvariantCulture, $"Allocated port {port} for local forward to {request.Spec.Target?.Shown ?? "SOCKS"}"));
        }
    }

    private void AskFarEnd(Instant now, ForwardRequest request)
    {
        if (_hub.Channels!.TryOpen(now, StreamKind.Listen, Encoding.UTF8.GetBytes(request.Spec.Listen.Text), out ulong id))
        {
            request.ListenId = id;
            _hub.Own(id, new RemoteForward(_hub, id, request, _tell, reason => Fail(request, reason)));
        }
        else
        {
            Fail(request, "too many streams are open, or the path is too long");
        }
    }

    private void Fail(ForwardRequest request, string reason)
    {
        Close(request);
        (request.State, request.Failure) = (ForwardState.Failed, reason);
        FirstFailed ??= request;
        _tell($"Forward -{request.Spec.Letter} {request.Spec.Text} failed: {reason}");
    }

    private void Close(ForwardRequest request)
    {
        request.Acceptor?.Dispose();
        request.Acceptor = null;
        if (request.ListenId is { } id)
        {
            _hub.Channels?.Reset(id);
            _hub.Disown(id);
            request.ListenId = null;
        }
    }
}
