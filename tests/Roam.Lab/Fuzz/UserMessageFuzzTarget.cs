using Roam.Session;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Any bytes as a diff of user events: refused and nothing kept, or kept, and sent on it arrives as it is.</summary>
internal sealed class UserMessageFuzzTarget : IFuzzTarget
{
    /// <summary>Two instructions in one: version 2, features 1 and 6 packed and 300 alone, a terminal; then a key.</summary>
    private static readonly byte[] PackedHello =
        [0x0A, 22, 0xA2, 0x06, 19, 0x08, 2, 0x12, 2, 1, 6, 0x10, 0xAC, 2, 0x1A, 1, 0x78, 0x22, 5, 0x0A, 3, 0x61, 0x62, 0x63, 0x0A, 5, 0x12, 3, 0x22, 1, 0x7A];

    private readonly GrowingBuffer _diff = new();

    public UserMessageFuzzTarget()
    {
        GrowingBuffer seed = new();
        DiffWriter writer = new(seed);
        writer.WriteBytes("ls -l\r"u8);
        writer.WriteResize(132, 43);
        writer.WriteBytes("\eOA"u8);
        GrowingBuffer hello = new();
        new DiffWriter(hello).WriteAnnouncement(Announcement.Own.Message);
        new DiffWriter(hello).WriteResize(80, 24);
        GrowingBuffer terminal = new(), words = new();
        new TerminalMessage { Term = "xterm"u8, Colors = 256, KeyboardFlags = 0, Foreground = 0x102030, CellWidth = 9, CellHeight = 18 }.Write(words);
        new DiffWriter(terminal).WriteBytes("a"u8);
        new DiffWriter(terminal).WriteTerminal(words.Written);
        Seeds = [terminal.Written.ToArray(), seed.Written.ToArray(), hello.Written.ToArray(), PackedHello, [0x0A, 5, 0xA2, 0x06, 2, 0x08, 1, 0x0A, 5, 0x12, 3, 0x22, 1, 0x7A]];
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
            Check(stream.Position == 0 && log.Count == 0 && log.PeerHello is null, "a refused diff left events behind");
            return;
        }

        CheckHello(log.PeerHello);
        _diff.Clear();
        stream.WriteDiff(empty, _diff);
        UserStream copy = new(new UserLog());
        Check(copy.Apply(_diff.Written) == ApplyResult.Applied && copy.ContentEquals(stream), "events change on the way");
        Check(empty.Snapshot().Apply(input) == ApplyResult.Applied, "the same diff is refused the second time");
    }

    private static void CheckHello(Announcement? hello) =>
        Check(hello is null || (hello.Software.Length <= Announcement.SoftwareBytesMax && hello.Software.All(c => c is >= ' ' and <= '~')), "a software text that may not be shown");

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
