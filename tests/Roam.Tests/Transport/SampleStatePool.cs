namespace Roam.Tests.Transport;

/// <summary>Counts the snapshots that are out.</summary>
internal sealed class SampleStatePool
{
    private readonly Stack<SampleState> _spare = new();

    public int Live { get; private set; }

    public int Subtractions { get; set; }

    public SampleState Rent()
    {
        Live++;
        if (!_spare.TryPop(out SampleState? state))
        {
            return new SampleState(this);
        }

        state.IsReleased = false;
        return state;
    }

    public void Return(SampleState state)
    {
        Live--;
        state.IsReleased = true;
        _spare.Push(state);
    }
}
