using Roam.Lab;

namespace Roam.Tests.Lab;

public sealed class PacketQueueTests
{
    [Fact]
    public void Packets_leave_when_due_and_equal_times_keep_their_order()
    {
        PacketQueue queue = new();
        foreach ((byte content, long due) in ((byte, long)[])[(1, 30), (2, 10), (3, 20), (4, 10), (5, 30)])
        {
            Push(queue, content, due);
        }

        Assert.Equal(10, queue.NextDueNanos);
        Assert.Equal([2, 4, 3, 1, 5], Drain(queue));
        Assert.Equal(long.MaxValue, queue.NextDueNanos);
    }

    [Fact]
    public void A_long_mixture_of_pushes_and_pops_leaves_in_order_with_its_contents()
    {
        SeededRandom random = new(3);
        PacketQueue queue = new();
        PriorityQueue<byte, (long, int)> expected = new();
        for (int i = 0; i < 20_000; i++)
        {
            if (queue.Count == 0 || (random.Chance(520) && !queue.IsFull))
            {
                byte content = (byte)random.Next(256);
                long due = random.Next(1000);
                Push(queue, content, due);
                expected.Enqueue(content, (due, i));
            }
            else
            {
                ReadOnlySpan<byte> packet = queue.Pop(out int wire);
                Assert.Equal(expected.Dequeue(), packet[0]);
                Assert.Equal(packet[0] % 7, wire);
                Assert.Equal(1 + (packet[0] % 100), packet.Length);
            }
        }

        Assert.Equal(expected.Count, queue.Count);
    }

    [Fact]
    public void A_full_queue_says_so_and_works_on_when_it_has_room_again()
    {
        PacketQueue queue = new();
        for (int i = 0; i < PacketQueue.PacketsMax; i++)
        {
            Assert.False(queue.IsFull);
            Push(queue, (byte)i, i);
        }

        Assert.True(queue.IsFull);
        Assert.Equal(0, queue.Pop(out _)[0]);
        Assert.False(queue.IsFull);
        Push(queue, 77, long.MaxValue - 1);
        Assert.Equal(77, Drain(queue)[^1]);
    }

    private static void Push(PacketQueue queue, byte content, long due)
    {
        int length = 1 + (content % 100);
        queue.Spare[..length].Fill(content);
        queue.Push(length, due, wire: content % 7);
    }

    private static List<int> Drain(PacketQueue queue)
    {
        List<int> contents = [];
        while (queue.Count > 0)
        {
            contents.Add(queue.Pop(out _)[0]);
        }

        return contents;
    }
}
