using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class FaultTests : IDisposable
{
    private const int Large = 9_000_000;

    private readonly ScratchFolder _folder = new();

    public FaultTests()
    {
        _folder.Write("from/a", 100);
        _folder.Write("from/large", Large);
        _folder.Write("from/z", 100);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_disk_is_told_for_each_file_and_what_came_stays_for_the_next_try()
    {
        CopyRun full = Run(new FaultyFiles { Capacity = 5_000_000 });
        Assert.True(full.SenderIsGood && full.ReceiverIsGood);
        Assert.Contains(full.Notes, n => n.Contains("large: no space left there; make room", StringComparison.Ordinal));
        // The sender goes on only with what was on its way already.
        Assert.True(full.BytesSent < Large);
        CopyRun again = Run().IsGood();
        _folder.Shell("diff -r from to/from");
        Assert.True(again.BytesSent < Large * 2 / 3);
    }

    [Fact]
    public void A_file_that_vanished_before_its_turn_is_told_and_the_others_go_on()
    {
        FaultyFiles files = new() { BeforeOpen = ("/large", () => File.Delete(_folder["from/large"])) };
        new CopyRun { Flags = CopyFlags.Recursive, SenderFiles = files }.Go(_folder.Folder("to"), _folder["from"]).Complains("large: gone before its turn came");
        Assert.Equal(["a", "z"], _folder.Names("to/from"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_and_the_others_go_on()
    {
        FaultyFiles files = new() { OpenFault = ("/large", -Libc.EACCES) };
        new CopyRun { Flags = CopyFlags.Recursive, SenderFiles = files }.Go(_folder.Folder("to"), _folder["from"]).Complains("large: permission denied");
        Assert.Equal(["a", "z"], _folder.Names("to/from"));
    }

    [Fact]
    public void A_source_that_changes_while_it_is_copied_is_told()
    {
        FaultyFiles files = new() { AfterRead = () => File.SetLastWriteTimeUtc(_folder["from/large"], DateTime.UnixEpoch) };
        new CopyRun { SenderFiles = files }.Go(_folder["to"], _folder["from/large"]).Complains("large: changed while it was copied");
        Assert.Equal(_folder.Read("from/large"), _folder.Read("to"));
    }

    [Fact]
    public void A_source_that_becomes_shorter_is_told_and_does_not_replace_the_target()
    {
        _folder.Write("to", 20, seed: 2);
        FaultyFiles files = new() { AfterRead = () => File.WriteAllText(_folder["from/large"], "short") };
        new CopyRun { SenderFiles = files }.Go(_folder["to"], _folder["from/large"]).Complains("became shorter");
        Assert.Equal(ScratchFolder.Noise(20, 2), _folder.Read("to"));
    }

    [Fact]
    public void A_disk_that_fails_to_read_is_told()
    {
        FaultyFiles files = new() { ReadError = -Libc.EIO };
        new CopyRun { SenderFiles = files }.Go(_folder["to"], _folder["from/large"]).Complains("the disk failed to read or write");
        Assert.False(_folder.Has("to"));
    }

    [Fact]
    public void A_file_that_cannot_take_its_place_is_told()
    {
        CopyRun run = new CopyRun { ReceiverFiles = new FaultyFiles { RenameError = -Libc.EPERM } }.Go(_folder["to"], _folder["from/a"]);
        run.Complains("to: not permitted");
        Assert.False(_folder.Has("to"));
        Assert.False(File.Exists(_folder.Part("to")));
    }

    [Fact]
    public void A_directory_that_lets_nothing_be_made_but_the_file_be_written_gets_it_in_place()
    {
        _folder.Write("to", 20, seed: 2);
        string inode = _folder.Shell("stat -c %i to");
        FaultyFiles files = new() { OpenFault = (".roam-part", -Libc.EACCES) };
        new CopyRun { ReceiverFiles = files }.Go(_folder["to"], _folder["from/large"]).IsGood();
        Assert.Equal(_folder.Read("from/large"), _folder.Read("to"));
        Assert.Equal(inode, _folder.Shell("stat -c %i to"));
    }

    [Fact]
    public void In_place_what_agrees_is_not_sent_either()
    {
        byte[] content = _folder.Read("from/large");
        content[100] ^= 1;
        _folder.Write("to", [.. content, .. content]);
        FaultyFiles files = new() { OpenFault = (".roam-part", -Libc.EACCES) };
        CopyRun run = new CopyRun { ReceiverFiles = files }.Go(_folder["to"], _folder["from/large"]).IsGood();
        Assert.Equal(_folder.Read("from/large"), _folder.Read("to"));
        Assert.Equal(CopyLimits.ChunkBytes, run.BytesSent);
    }

    [Fact]
    public void A_candidate_that_cannot_be_opened_when_its_turn_comes_blocks_nobody()
    {
        _folder.Write("to/large", Large, seed: 2);
        FaultyFiles files = new() { OpenFault = ("large", -Libc.EIO) };
        new CopyRun { ReceiverFiles = files }.Go(_folder["to"], _folder["from/large"]).Complains("the disk failed");
    }

    [Fact]
    public void Where_the_file_system_knows_no_holes_zeros_are_written()
    {
        _folder.Shell("truncate -s 20M hole");
        File.WriteAllBytes(_folder.Part("to"), ScratchFolder.Noise(10_000_000, 3));
        new CopyRun { ReceiverFiles = new FaultyFiles { HasPunchHole = false } }.Go(_folder["to"], _folder["hole"]).IsGood();
        _folder.Shell("cmp hole to");
    }

    private CopyRun Run(FileSystem? receiver = null) =>
        new CopyRun { Flags = CopyFlags.Recursive, ReceiverFiles = receiver ?? new FileSystem() }.Go(_folder.Folder("to"), _folder["from"]);
}
