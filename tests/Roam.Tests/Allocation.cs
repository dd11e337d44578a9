namespace Roam.Tests;

/// <summary>
/// Measures what a piece of work allocates on this thread once it is warm. The runtime itself may allocate a little the first time it meets a call (tiering, stubs),
/// so up to <see cref="RoundsMax"/> rounds are run and one must be clean: work that allocates does so in every round.
/// </summary>
internal static class Allocation
{
    private const int RoundsMax = 5;

    public static void AssertNone(Action round)
    {
        long allocated = long.MaxValue;
        for (int i = 0; i < RoundsMax && allocated != 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
