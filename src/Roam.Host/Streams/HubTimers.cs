using System.Diagnostics.CodeAnalysis;
using Roam.Transport;

namespace Roam.Host;

/// <summary>A deadline for each owner that has one. There are few at a time: connections that are being made, and idle ones of UDP.</summary>
internal sealed class HubTimers
{
    private readonly List<ITimed> _owners = [];
    private readonly List<long> _deadlines = [];

    public Instant Next { get; private set; } = Instant.Never;

    public void Set(Instant when, ITimed owner)
    {
        int index = _owners.IndexOf(owner);
        if (when == Instant.Never)
        {
            if (index >= 0)
            {
                RemoveAt(index);
            }

            return;
        }

        if (index < 0)
        {
            _owners.Add(owner);
            _deadlines.Add(when.Micros);
            Next = Instant.Min(Next, when);
            return;
        }

        _deadlines[index] = when.Micros;
        FindNext();
    }

    public bool TryTakeDue(Instant now, [NotNullWhen(true)] out ITimed? owner)
    {
        owner = null;
        for (int i = 0; i < _owners.Count && Next <= now; i++)
        {
            if (_deadlines[i] <= now.Micros)
            {
                owner = _owners[i];
                RemoveAt(i);
                return true;
            }
        }

        return false;
    }

    private void RemoveAt(int index)
    {
        _owners.RemoveAt(index);
        _deadlines.RemoveAt(index);
        FindNext();
    }

    private void FindNext()
    {
        long next = long.MaxValue;
        foreach (long deadline in _deadlines)
        {
            next = Math.Min(next, deadline);
        }

        Next = new Instant(next);
    }
}
