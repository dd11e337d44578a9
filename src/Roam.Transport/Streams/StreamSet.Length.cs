namespace Roam.Transport;

/// <summary>Tells a path that drops long datagrams without a word (<see cref="PathSize"/>) from one that loses by chance: only short ones arrive.</summary>
public sealed partial class StreamSet
{
    private const int ShortWireBytes = PathSize.FloorBytes + SspLimits.IPv4OverheadBytes;

    /// <summary>So many long ones lost in a row are reason enough, on a path that has carried none yet, and on one that has.</summary>
    private const int LongLostMax = 4;
    private const int LongLostMaxProven = 12;

    private int _longLost;
    private bool _isLongProven;
    private bool _isShortArrived;

    /// <summary>Datagrams should be short: long ones may be what is not answered.</summary>
    internal bool WantsShort => _probesUnanswered >= ProbesForTimeout;

    /// <summary>True once when it is found out that the path carries short datagrams only.</summary>
    internal bool TakeLongSwallowed()
    {
        if (!_isShortArrived || _longLost < (_isLongProven ? LongLostMaxProven : LongLostMax))
        {
            return false;
        }

        (_longLost, _isLongProven, _isShortArrived) = (0, false, false);
        return true;
    }

    private void TakeLengthArrived(int wireBytes)
    {
        if (wireBytes <= ShortWireBytes)
        {
            _isShortArrived = _longLost > 0;
            return;
        }

        (_longLost, _isLongProven, _isShortArrived) = (0, true, false);
    }

    private void TakeLengthLost(int wireBytes) => _longLost += wireBytes > ShortWireBytes ? 1 : 0;
}
