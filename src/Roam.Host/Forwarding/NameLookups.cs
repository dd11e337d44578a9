using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Names to addresses without blocking the loop, in this machine's own way: by `getent ahosts`, a program of every libc, as a child. getaddrinfo blocks, and in the static build, which
/// stands on hosts of any kind, it cannot load what the host's nsswitch.conf asks for. Addresses, and localhost (RFC 6761, section 6.3), need nobody.
/// </summary>
internal sealed class NameLookups(StreamHub hub) : IDisposable
{
    private static readonly string[] Loopback = ["::1", "127.0.0.1"];

    private readonly List<NameLookup> _lookups = [];
    private int _running;

    public void Ask(Instant now, string host, INameWaiter waiter)
    {
        if (AddressLookup.TryResolve(host, 0, Libc.AF_UNSPEC, numericOnly: true, out _, out _))
        {
            waiter.Resolved(now, [host]);
            return;
        }

        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            waiter.Resolved(now, Loopback);
            return;
        }

        // A word that begins with a dash would be an option.
        if (host.Length == 0 || host[0] == '-')
        {
            waiter.Resolved(now, []);
            return;
        }

        Forget(now);
        NameLookup? known = _lookups.Find(lookup => lookup.Host == host);
        if (known?.Answer is { } answer)
        {
            waiter.Resolved(now, answer);
            return;
        }

        if (known is null)
        {
            known = new NameLookup(hub, host, Done);
            _lookups.Add(known);
        }

        known.Waiters.Add(waiter);
        StartNext(now);
    }

    public void Cancel(INameWaiter waiter)
    {
        foreach (NameLookup lookup in _lookups)
        {
            lookup.Waiters.Remove(waiter);
        }
    }

    public void Dispose()
    {
        foreach (NameLookup lookup in _lookups)
        {
            lookup.Dispose();
        }

        _lookups.Clear();
    }

    private void Done(Instant now, NameLookup lookup)
    {
        _running--;
        INameWaiter[] waiters = [.. lookup.Waiters];
        lookup.Waiters.Clear();
        if (lookup.Answer is not { Count: > 0 })
        {
            // What was not found may be found the next time.
            _lookups.Remove(lookup);
        }

        foreach (INameWaiter waiter in waiters)
        {
            waiter.Resolved(now, lookup.Answer ?? []);
        }

        StartNext(now);
    }

    private void StartNext(Instant now)
    {
        for (int i = 0; i < _lookups.Count && _running < ForwardLimits.LookupsMax; i++)
        {
            NameLookup lookup = _lookups[i];
            if (!lookup.IsStarted)
            {
                _running++;
                if (!lookup.TryStart(now))
                {
                    Done(now, lookup);
                    return;
                }
            }
        }
    }

    private void Forget(Instant now)
    {
        int answered = 0;
        for (int i = _lookups.Count - 1; i >= 0; i--)
        {
            if (_lookups[i].Answer is not null && (++answered > ForwardLimits.AnswersMax || _lookups[i].AnsweredAt.PlusMillis(ForwardLimits.AnswerMillis) <= now))
            {
                _lookups.RemoveAt(i);
            }
        }
    }
}
