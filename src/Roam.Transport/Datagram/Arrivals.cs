namespace Roam.Transport;

/// <summary>Counts the peer's authentic datagrams, each once: what the loss report says (docs/protocol.md, section 8).</summary>
internal sealed class Arrivals
{
    /// <summary>
    /// How far back a number is remembered: 15 to 16 words of bits behind the highest. One older than that is not counted, since it may be a repeat: later by a thousand datagrams,
    /// it is as good as lost.
    /// </summary>
    private const int Words = 16;

    private const int WordBits = 64;

    /// <summary>A ring by number, after RFC 6479: the word that is next to be written is cleared when the highest number enters it.</summary>
    private readonly ulong[] _seen = new ulong[Words];

    /// <summary>Datagrams that came, without repeats.</summary>
    internal ulong Received { get; private set; }

    /// <summary>Highest sequence number seen, plus one: how many the peer has sent.</summary>
    internal ulong Highest { get; private set; }

    internal ulong Missing => Highest - Received;

    internal void Add(ulong sequence)
    {
        if (sequence >= Highest)
        {
            Advance(sequence);
        }
        else if (((Highest - 1) / WordBits) - (sequence / WordBits) >= Words)
        {
            return;
        }

        ref ulong word = ref _seen[(int)(sequence / WordBits % Words)];
        ulong bit = 1UL << (int)(sequence % WordBits);
        Received += (word & bit) == 0 ? 1u : 0u;
        word |= bit;
    }

    private void Advance(ulong sequence)
    {
        ulong top = Highest == 0 ? 0 : (Highest - 1) / WordBits;
        ulong entered = Math.Min((sequence / WordBits) - top, Words);
        for (ulong i = 1; i <= entered; i++)
        {
            _seen[(int)((top + i) % Words)] = 0;
        }

        Highest = sequence + 1;
    }
}
