using Roam.Session;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Any bytes as a diff of user events: refused and nothing kept, or kept, and sent on it arrives as it is.</summary>
internal sealed class UserMessageFuzzTarget : IFuzzTarget
{
    private readonly GrowingBuffer _diff = new();

    public UserMessageFuzzTarget()
    {
        GrowingBuffer seed = new();
        DiffWriter writer = new(seed);
        writer.WriteBytes("ls -l\r"u8);
        writer.WriteResize(132, 43);
        writer.WriteBytes("\eOA"u8);
        Seeds = [seed.Written.ToArray(), [0x0A, 5, 0xA2, 0x06, 2, 0x08, 1, 0x0A, 5, 0x12, 3, 0x22, 1, 0x7A]];
    }

    public string Name => "user-message";

    public IReadOnlyList<byte[]> Seeds { get; }

    public void Run(ReadOnlySpan<byte> input)
    {
        UserLog log = new();
        UserStream empty = new(log);
        UserStream stream = empty.Snapshot();
        if (stream.Apply(input) != ApplyResult.Applied)
        {
            Check(stream.Position == 0 && log.Count == 0, "a refused diff left events behind");
            return;
        }

        _diff.Clear();
        stream.WriteDiff(empty, _diff);
        UserStream copy = new(new UserLog());
        Check(copy.Apply(_diff.Written) == ApplyResult.Applied && copy.ContentEquals(stream), "events change on the way");
        Check(empty.Snapshot().Apply(input) == ApplyResult.Applied, "the same diff is refused the second time");
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
