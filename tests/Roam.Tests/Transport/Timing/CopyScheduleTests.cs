using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

public sealed class CopyScheduleTests
{
    private readonly Instant _now = new(1_000_000);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(29_999, 1)]
    [InlineData(30_000, 2)]
    [InlineData(150_000, 3)]
    [InlineData(400_000, 4)]
    [InlineData(1_000_000, 4)]
    public void The_more_is_lost_the_more_datagrams_a_small_frame_gets(int loss, int datagrams) => Assert.Equal(datagrams, CopySchedule.DatagramsFor(loss));

    [Fact]
    public void Copies_come_10_25_and_60_milliseconds_after_the_first()
    {
        CopySchedule copies = default;
        Assert.Equal(Instant.Never, copies.Next);
        copies.Start(_now, 3);
        foreach (long offset in (long[])[10, 25, 60])
        {
            Assert.Equal(_now.PlusMillis(offset), copies.Next);
            copies.CountDone();
        }

        Assert.Equal(Instant.Never, copies.Next);
    }

    [Fact]
    public void What_is_cancelled_does_not_come()
    {
        CopySchedule copies = default;
        copies.Start(_now, 2);
        copies.Cancel();
        Assert.Equal(Instant.Never, copies.Next);
    }
}
