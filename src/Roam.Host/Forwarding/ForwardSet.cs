using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The forwards of a client: those of the command line, and those that are added and removed while the session runs. What listens here does so at once, and its connections wait in the
/// kernel until the other end is known; what listens there is asked for then.
/// </summary>
internal sealed class ForwardSet : IStreamServer, IDisposable
{
    private readonly ForwardCore _core;
    private readonly IForwardNotes _notes;
    private readonly string _needsRoam;
    private readonly List<ForwardRequest> _requests = [];
    private bool _isConnected;
    private bool _isLacking;

    /// <param name="hub">Of the session.</param>
    /// <param name="notes">Told what the user should know.</param>
    /// <param name="host">The other end's, for people.</param>
    public ForwardSet(StreamHub hub, IForwardNotes notes, string host)
    {
        _core = new ForwardCore(hub);
        _needsRoam = $"Forwarding needs Roam on {host}: leave out --server and --install=never, and it installs itself there.";
        _notes = notes;
        hub.Serve(StreamKind.Accepted, this);
    }

    /// <summary>Also those that failed, and without those that were removed.</summary>
    public IReadOnlyList<ForwardRequest> Requests => _requests;

    /// <summary>Connections that are forwarded now, both ways.</summary>
    public int Connections => _core.Connections;

    /// <summary>With ExitOnForwardFailure the first that fails ends the session: its error, until then null.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>Whether it works, <see cref="ForwardRequest.State"/> says: for what listens at the other end, after a round trip.</summary>
    /// <param name="now">The time of the turn.</param>
    /// <param name="spec">What is asked for.</param>
    /// <param name="isLate">While the session runs: who asked hears of a failure from the request, and the session goes on.</param>
    public ForwardRequest Add(Instant now, ForwardSpec spec, bool isLate = false)
    {
        ForwardRequest request = spec.Kind == ForwardKind.Remote ? new RemoteForward(_core, spec, this)
            : spec.IsUdp ? new UdpRequest(_core.Hub, spec, this)
            : new LocalForward(_core, spec, this);
        request.IsLate = isLate;
        _requests.Add(request);
        if (_isLacking)
        {
            request.Fail(now, _needsRoam);
            return request;
        }

        request.Begin(now);
        if (_isConnected)
        {
            request.Connected(now);
        }

        return request;
    }

    public void Remove(Instant now, ForwardRequest request)
    {
        request.Remove(now);
        _requests.Remove(request);
    }

    /// <summary>Once a turn of the loop, before the hub's.</summary>
    /// <param name="now">The time of the turn.</param>
    /// <param name="lacksChannels">The other end is known not to have them.</param>
    public void Turn(Instant now, bool lacksChannels)
    {
        if (!_isConnected && _core.Hub.Channels is not null)
        {
            _isConnected = true;
            _core.Resume(now);
            for (int i = 0; i < _requests.Count; i++)
            {
                _requests[i].Connected(now);
            }
        }
        else if (lacksChannels && !_isLacking)
        {
            _isLacking = true;
            bool wasAsked = false;
            foreach (ForwardRequest request in _requests)
            {
                wasAsked |= !request.IsLate;
                request.Fail(now, _needsRoam);
            }

            if (wasAsked)
            {
                FirstFailure ??= _needsRoam;
                _notes.Note(now, _needsRoam);
            }
        }
    }

    /// <summary>A connection came in at the other end.</summary>
    public void Serve(Instant now, ulong id, StreamKind kind)
    {
        if (_core.Hub.Channels is not { } channels)
        {
            return;
        }

        ReadOnlySpan<byte> target = channels.TargetOf(id);
        if (VarInt.TryRead(ref target, out ulong listener))
        {
            foreach (ForwardRequest request in _requests)
            {
                if (request is RemoteForward remote && remote.Listens(listener))
                {
                    remote.Serve(now, id);
                    return;
                }
            }
        }

        channels.Refuse(id, StreamRefusal.Unserved, "nothing is forwarded from there");
    }

    public void Dispose()
    {
        foreach (ForwardRequest request in _requests)
        {
            request.Remove(_core.Hub.Now);
        }

        _requests.Clear();
        _core.Dispose();
    }

    /// <summary>A request could not be served.</summary>
    internal void NoteFailure(Instant now, ForwardRequest request)
    {
        if (request.IsLate)
        {
            return;
        }

        string text = $"{request}: {request.Error}";
        FirstFailure ??= text;
        _notes.Note(now, text);
    }

    internal void Note(Instant now, string text) => _notes.Note(now, text);
}
