using Roam.Session;
using Roam.Transport;

namespace Roam.Tests.Session;

public sealed class EchoAckQueueTests
{
    [Fact]
    public void A_state_is_due_fifty_milliseconds_after_it_was_given()
    {
        EchoAckQueue queue = new();
        queue.Add(At(0), 3);
        queue.Add(At(20), 4);
        Assert.Equal(At(50), queue.NextTimeout);
        Assert.False(queue.TryTakeDue(At(49), out _));
        Assert.True(queue.TryTakeDue(At(50), out ulong first));
        Assert.Equal(3UL, first);
        Assert.Equal(At(70), queue.NextTimeout);
        Assert.True(queue.TryTakeDue(At(500), out ulong second));
        Assert.Equal(4UL, second);
        Assert.Equal(Instant.Never, queue.NextTimeout);
    }

    [Fact]
    public void Of_several_that_are_due_the_newest_counts()
    {
        EchoAckQueue queue = new();
        queue.Add(At(0), 1);
        queue.Add(At(1), 2);
        Assert.True(queue.TryTakeDue(At(100), out ulong number));
        Assert.Equal(2UL, number);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void When_it_is_full_the_newest_waits_longer_and_none_comes_early()
    {
        EchoAckQueue queue = new();
        for (ulong i = 0; i < EchoAckQueue.EntriesMax + 10; i++)
        {
            queue.Add(At((long)i), i);
        }

        Assert.Equal(EchoAckQueue.EntriesMax, queue.Count);
        ulong newest = EchoAckQueue.EntriesMax + 9;
        Assert.True(queue.TryTakeDue(At((long)newest + 49), out ulong before));
        Assert.Equal((ulong)EchoAckQueue.EntriesMax - 2, before);
        Assert.True(queue.TryTakeDue(At((long)newest + 50), out ulong last));
        Assert.Equal(newest, last);
    }

    [Fact]
    public void Given_input_is_reported_when_its_last_event_was_taken()
    {
        GivenInput given = new();
        given.Add(5, 10);
        given.Add(6, 12);
        Assert.False(given.TryTake(9, out _));
        Assert.True(given.TryTake(11, out ulong number));
        Assert.Equal(5UL, number);
        for (int i = 0; i < GivenInput.EntriesMax + 5; i++)
        {
            given.Add((ulong)(7 + i), 13 + i);
        }

        Assert.Equal(GivenInput.EntriesMax, given.Count);
        Assert.True(given.TryTake(long.MaxValue, out ulong newest));
        Assert.Equal((ulong)(7 + GivenInput.EntriesMax + 4), newest);
    }

    private static Instant At(long millis) => new(millis * 1000);
}
