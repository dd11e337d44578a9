using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// At which of this machine's addresses each peer reached us. A peer behind a stateful firewall or NAT takes answers from that address alone, and the system would choose by
/// its routes. The most recent peers are kept; for a forgotten one the system chooses.
/// </summary>
internal sealed class ReachedAddresses
{
    /// <summary>A client, the places it tries side by side, and some roaming.</summary>
    public const int CountMax = 8;

    private readonly PeerAddress[] _peers = new PeerAddress[CountMax];
    private readonly LocalAddress[] _locals = new LocalAddress[CountMax];
    private int _count;

    public LocalAddress Of(in PeerAddress peer)
    {
        int at = IndexOf(peer);
        return at < 0 ? default : _locals[at];
    }

    /// <summary>The peer's newest datagram came to this address.</summary>
    public void Note(in PeerAddress peer, LocalAddress local)
    {
        int at = IndexOf(peer);
        if (at == 0)
        {
            _locals[0] = local;
            return;
        }

        // The newest stands first; the last one gives way.
        _count = at < 0 ? Math.Min(_count + 1, CountMax) : _count;
        int moved = at < 0 ? _count - 1 : at;
        Array.Copy(_peers, 0, _peers, 1, moved);
        Array.Copy(_locals, 0, _locals, 1, moved);
        (_peers[0], _locals[0]) = (peer, local);
    }

    public void Remove(in PeerAddress peer)
    {
        int at = IndexOf(peer);
        if (at >= 0)
        {
            _count--;
            Array.Copy(_peers, at + 1, _peers, at, _count - at);
            Array.Copy(_locals, at + 1, _locals, at, _count - at);
        }
    }

    private int IndexOf(in PeerAddress peer)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_peers[i] == peer)
            {
                return i;
            }
        }

        return -1;
    }
}
