using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The forwards of a client that were asked for at its start, and what the user hears of all: on standard error before the session, on the bar in it.</summary>
internal sealed class ClientForwards : IDisposable
{
    private const string Prefix = "roam: ";

    private readonly ClientSession _session;
    private readonly ClientHostOptions _options;
    private bool _isRunning;
    private bool _isHopeless;

    public ClientForwards(StreamHub hub, ClientSession session, ClientHostOptions options)
    {
        (_session, _options) = (session, options);
        Set = new ForwardSet(hub, Tell);
    }

    public ForwardSet Set { get; }

    /// <summary>For standard error at the end, when the session ended for the want of a forward; else empty.</summary>
    public string Farewell => _options.ForwardsAreStrict && Set.FirstFailed is { } failed ? $"{Prefix}{failed.Description}\n" : "";

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

    /// <summary>Once a turn. False: the session is to end, as <see cref="Farewell"/> says.</summary>
    public bool Turn(Instant now)
    {
        if (Set.Requests.Count == 0)
        {
            return true;
        }

        if (!_isHopeless && _session.LacksChannels)
        {
            _isHopeless = true;
            string sentence = $"Forwarding needs Roam on {_options.Address}: leave out --server and --install=never, and it installs itself there.";
            Set.FailAll(sentence);
            Tell(sentence);
        }

        Set.Turn(now);
        return Farewell.Length == 0;
    }

    public void Dispose() => Set.Dispose();

    private void Tell(string text)
    {
        if (_isRunning)
        {
            _session.Notify(text);
        }
        else
        {
            StandardStreams.Error($"{Prefix}{text}\n");
        }
    }
}
