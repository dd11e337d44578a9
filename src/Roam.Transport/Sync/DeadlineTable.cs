using System.Runtime.CompilerServices;

namespace Roam.Transport;

/// <summary>One time for each <see cref="Deadline"/>; Never when it is not set. The next wake-up is the least of them.</summary>
internal struct DeadlineTable
{
    private const int Count = (int)Deadline.ShutdownLimit + 1;

    private Times _times;

    public DeadlineTable()
    {
        for (int i = 0; i < Count; i++)
        {
            _times[i] = Instant.Never;
        }
    }

    internal Instant this[Deadline deadline]
    {
        readonly get => _times[(int)deadline];
        set => _times[(int)deadline] = value;
    }

    internal readonly Instant Next
    {
        get
        {
            Instant next = Instant.Never;
            for (int i = 0; i < Count; i++)
            {
                next = Instant.Min(next, _times[i]);
            }

            return next;
        }
    }

    /// <summary>True when it is over, and clears it.</summary>
    internal bool Expire(Deadline deadline, Instant now)
    {
        if (now < this[deadline])
        {
            return false;
        }

        this[deadline] = Instant.Never;
        return true;
    }

    [InlineArray(Count)]
    private struct Times
    {
        private Instant _first;
    }
}
