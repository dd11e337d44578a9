using System.Globalization;

namespace Roam.Lab;

/// <summary>What happened, one line an event, and a hash over it: the same seed gives the same hash. Lines are made only when somebody reads them.</summary>
internal sealed class SimTrace(TextWriter? output = null)
{
    private ulong _hash = 0xcbf29ce484222325;

    public ulong Hash => _hash;

    public long Lines { get; private set; }

    /// <summary>One event. What it is called goes into the hash too.</summary>
    public void Note(long timeMicros, string who, string what, ulong a = 0, ulong b = 0, ulong c = 0)
    {
        Lines++;
        Mix((ulong)timeMicros);
        foreach (char letter in what)
        {
            Mix(letter);
        }

        Mix((ulong)who[0]);
        Mix(a);
        Mix(b);
        Mix(c);
        output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{timeMicros / 1e6,12:F6} {who,-8} {what,-14} {a} {b} {c:x}"));
    }

    private void Mix(ulong value)
    {
        _hash = (_hash ^ value) * 0x100000001b3;
        _hash ^= _hash >> 29;
    }
}
