using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class ScreenSnapshotTests
{
    [Fact]
    public void A_write_after_a_snapshot_does_not_reach_the_snapshot()
    {
        Screen screen = new(10, 2, new ScreenTables(), new ScreenPool());
        Screen snapshot = screen.Snapshot();
        screen.WritableRow(0).Cells[0] = Cell.Of('x', 1, 0);
        Assert.True(snapshot.CellsAt(0)[0].IsBlank);
        Assert.Equal('x', screen.CellsAt(0)[0].Content);
        Assert.Same(snapshot.RowAt(1), screen.RowAt(1));
    }

    [Fact]
    public void Snapshots_that_are_released_cost_no_allocation()
    {
        Screen screen = new(80, 24, new ScreenTables(), new ScreenPool());
        Turn(screen);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Turn(screen);
            }
        });
    }

    private static void Turn(Screen screen)
    {
        Screen snapshot = screen.Snapshot();
        screen.WritableRow(3).Cells[5] = Cell.Of('x', 1, 0);
        screen.ScrollUp(0, 23, 1, 0);
        snapshot.Release();
    }
}
