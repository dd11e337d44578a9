using Roam.Transport;

namespace Roam.Host;

/// <summary>Opens streams for connections in their order. When the peer allows no more, they wait, and listeners accept nothing meanwhile: so few wait here, and the rest in the kernel.</summary>
internal sealed class StreamOpener(ForwardCore core) : ITimed
{
    private readonly Queue<IOpening> _waiting = new();

    public bool IsEmpty => _waiting.Count == 0;

    public void Open(Instant now, IOpening opening)
    {
        if (_waiting.Count > 0 || !opening.TryOpen(now))
        {
            _waiting.Enqueue(opening);
            core.Hub.At(now.PlusMillis(ForwardLimits.OpenPauseMillis), this);
        }
    }

    public void Due(Instant now)
    {
        Retry(now);
        core.Resume(now);
    }

    public void Retry(Instant now)
    {
        while (_waiting.TryPeek(out IOpening? opening))
        {
            if (!opening.TryOpen(now))
            {
                core.Hub.At(now.PlusMillis(ForwardLimits.OpenPauseMillis), this);
                return;
            }

            _waiting.Dequeue();
        }
    }

    public void Abandon()
    {
        while (_waiting.TryDequeue(out IOpening? opening))
        {
            opening.Abandon();
        }
    }
}
