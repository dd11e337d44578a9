using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The forwards of a client that were asked for at its start, and what the user hears of all: on standard error before the session and beside a command without a terminal, on the bar in it.</summary>
internal sealed class ClientForwards : IForwardNotes, IDisposable
{
    private const string Prefix = "roam: ";

    private readonly ClientSession _session;
    private readonly ClientHostOptions _options;
    private bool _isRunning;

    public ClientForwards(StreamHub hub, ClientSession session, ClientHostOptions options)
    {
        (_session, _options) = (session, options);
        Set = new ForwardSet(hub, this, options.Address);
        string description = options.Typed.Length > 0 ? options.Typed : options.Address;
        Control = new ClientControl(hub, new RunningForwardings(Set), ControlDirectory.Path, ControlDirectory.OwnSession, description, session.Notify);
    }

    public ForwardSet Set { get; }

    /// <summary>What changes them while the session runs.</summary>
    public ClientControl Control { get; }

    /// <summary>For standard error at the end, when there is no session for the want of a forward; else empty.</summary>
    public string Farewell => _options.ForwardsAreStrict && Set.FirstFailure is { } failure ? $"{Prefix}{failure}\n" : "";

    /// <summary>Listens before the session begins. False: one could not, and the user wants all or nothing.</summary>
    public bool Begin(Instant now)
    {
        foreach (ForwardSpec spec in _options.Forwards)
        {
            Set.Add(now, spec);
        }

        _isRunning = true;
        return Farewell.Length == 0;
    }

    /// <summary>Once a turn, before the hub's. False: the session is to end, as <see cref="Farewell"/> says.</summary>
    public bool Turn(Instant now)
    {
        Set.Turn(now, _session.LacksChannels);
        return Farewell.Length == 0;
    }

    public void Note(Instant now, string text)
    {
        if (_isRunning && !_options.UsesPipes)
        {
            _session.Notify(text);
        }
        else if (!_options.ForwardsAreStrict || Set.FirstFailure is null)
        {
            StandardStreams.Error($"{Prefix}{text}\n");
        }
    }

    public void Dispose()
    {
        Control.Dispose();
        Set.Dispose();
    }
}
