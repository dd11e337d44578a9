namespace Roam.Transport;

/// <summary>What the peer's acknowledgements tell of all datagrams, those of instructions among them.</summary>
public sealed partial class StreamSet
{
    /// <summary>Of the newest acknowledgement that came: its lowest number and its highest.</summary>
    private ulong _ackLow;
    private ulong _ackTop;
    private bool _hasAckNews;

    /// <summary>All below either arrived or count as lost.</summary>
    internal ulong DecidedTo => _ackTop < (ulong)_reorder ? 0 : _ackTop + 1 - (ulong)_reorder;

    /// <summary>True once after each acknowledgement.</summary>
    internal bool TakeAckNews()
    {
        bool hasNews = _hasAckNews;
        _hasAckNews = false;
        return hasNews;
    }

    internal bool HasArrived(ulong number) => _arrived.Contains(number);

    /// <summary>So many later ones arrived that it is lost, as a datagram of streams would be. Below what the acknowledgement says nothing is known.</summary>
    internal bool IsLost(ulong number) => number >= _ackLow && number < DecidedTo && !_arrived.Contains(number);

    /// <summary>How many of them arrived; false when not all of that is known.</summary>
    internal bool TryCountArrived(ulong start, ulong end, out ulong arrived)
    {
        arrived = 0;
        if (_ackLow > start)
        {
            return false;
        }

        for (int i = _arrived.FirstEndingAfter(start); i < _arrived.Count && _arrived.StartOf(i) < end; i++)
        {
            arrived += Math.Min(end, _arrived.EndOf(i)) - Math.Max(start, _arrived.StartOf(i));
        }

        return true;
    }
}
