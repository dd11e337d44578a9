namespace Roam.Terminal;

/// <summary>When a table is full, the live screen moves onto fresh tables that hold only what it uses. Snapshots keep the old ones.</summary>
public sealed partial class Emulator
{
    /// <summary>A compaction that frees less than this is not worth its walk over all cells: the next refusals are then simply accepted.</summary>
    private const int WorthwhileFree = StyleTable.Capacity / 8;

    /// <summary>Refusals to accept after a compaction that was not worth it; spreads the cost of the next one.</summary>
    private const int RefusalsAccepted = 1024;

    private int _refusalsToAccept;

    /// <summary>False if it was not tried because the last one freed next to nothing. All ids are different afterwards.</summary>
    private bool TryCompact()
    {
        if (_refusalsToAccept > 0)
        {
            _refusalsToAccept--;
            return false;
        }

        TableCompactor compactor = new(Screen.Tables);
        compactor.Move(Screen);
        if (_hidden is not null)
        {
            compactor.Move(_hidden);
        }

        _link = compactor.Link(_link);
        ForgetPen();
        if (compactor.FreeIds < WorthwhileFree)
        {
            _refusalsToAccept = RefusalsAccepted;
        }

        return true;
    }
}
