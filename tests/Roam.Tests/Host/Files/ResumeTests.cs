using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class ResumeTests : IDisposable
{
    private const int Length = 9_000_001;
    private const int Block = CopyLimits.ChunkBytes;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2_000_000)]
    [InlineData(8_999_000)]
    public void A_copy_that_was_cut_goes_on_where_it_was(int cutAfter)
    {
        _folder.Write("a", Length);
        CopyRun cut = new CopyRun { CutAfterBytes = cutAfter }.Go(_folder["b"], _folder["a"]);
        Assert.False(cut.SenderIsGood);
        Assert.False(_folder.Has("b"));
        long kept = File.Exists(_folder.Part("b")) ? new FileInfo(_folder.Part("b")).Length : 0;
        CopyRun again = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
        Assert.InRange(again.BytesSent, Length - kept - Block, Length - kept + Block);
        Assert.Equal(["a", "b"], _folder.Names("."));
    }

    [Fact]
    public void What_a_power_failure_left_in_the_part_is_not_believed()
    {
        _folder.Write("a", Length);
        new CopyRun { CutAfterBytes = Length - 1000 }.Go(_folder["b"], _folder["a"]);
        using (FileStream part = File.OpenWrite(_folder.Part("b")))
        {
            part.Position = 3 * Block;
            part.Write(new byte[5000]);
        }

        CopyRun again = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
        Assert.True(again.BytesSent < Length / 2);
    }

    [Fact]
    public void A_part_longer_than_the_file_is_cut()
    {
        _folder.Write("a", Length);
        File.WriteAllBytes(_folder.Part("b"), [.. _folder.Read("a"), .. ScratchFolder.Noise(1_000_000, 9)]);
        new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(500_000)]
    [InlineData(Length)]
    public void What_is_there_already_is_not_sent(int length)
    {
        _folder.Write("a", length);
        _folder.Write("b", length);
        string inode = _folder.Shell("stat -c %i b");
        CopyRun run = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(0, run.BytesSent);
        Assert.Equal(1, run.Tally.State.FilesSame);
        Assert.Equal(inode, _folder.Shell("stat -c %i b"));
    }

    [Fact]
    public void Of_a_large_file_that_changed_a_little_little_is_sent_and_the_old_one_stays_whole_until_then()
    {
        byte[] content = ScratchFolder.Noise(Length, 1);
        _folder.Write("b", content);
        content[Length / 2] ^= 1;
        _folder.Write("a", content);
        CopyRun run = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(content, _folder.Read("b"));
        Assert.Equal(Block, run.BytesSent);
    }

    [Theory]
    [InlineData(Length, Length + 400_000)]
    [InlineData(Length, Length - 400_000)]
    [InlineData(100, 50)]
    [InlineData(Length, 0)]
    [InlineData(0, Length)]
    public void A_target_of_another_length_becomes_the_source(int before, int after)
    {
        byte[] content = ScratchFolder.Noise(Length + 400_000, 1);
        _folder.Write("b", content.AsSpan(0, before));
        _folder.Write("a", content.AsSpan(0, after));
        CopyRun run = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
        Assert.True(run.BytesSent <= Math.Max(after - before, 0) + (2 * Block));
    }

    [Fact]
    public void Holes_over_what_an_earlier_try_wrote_become_holes()
    {
        _folder.Shell("truncate -s 20M a; printf x | dd of=a bs=1 seek=19000000 conv=notrunc status=none");
        File.WriteAllBytes(_folder.Part("b"), ScratchFolder.Noise(10_000_000, 3));
        new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        _folder.Shell("cmp a b");
        Assert.True(_folder.DiskKilobytes("b") < 100);
    }

    [Fact]
    public void A_small_file_that_was_cut_leaves_nothing_behind()
    {
        _folder.Write("a", 900_000);
        CopyRun cut = new CopyRun { CutAfterBytes = 300_000 }.Go(_folder["b"], _folder["a"]);
        Assert.False(cut.ReceiverIsGood);
        Assert.Equal(["a"], _folder.Names("."));
    }

    [Fact]
    public void A_part_that_somebody_else_made_is_not_written_on()
    {
        _folder.Write("a", Length);
        _folder.Write("victim", 2_000_000, seed: 4);
        _folder.Shell("ln victim \"$1\"", _folder.Part("b"));
        new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(ScratchFolder.Noise(2_000_000, 4), _folder.Read("victim"));
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
    }

    [Fact]
    public void A_link_in_place_of_the_part_is_not_followed()
    {
        _folder.Write("a", Length);
        _folder.Write("victim", 2_000_000, seed: 4);
        _folder.Shell("ln -s victim \"$1\"", _folder.Part("b"));
        new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        Assert.Equal(ScratchFolder.Noise(2_000_000, 4), _folder.Read("victim"));
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
    }

    [Fact]
    public void A_newer_copy_takes_over_from_one_that_still_holds_its_part()
    {
        _folder.Write("a", Length);
        File.WriteAllBytes(_folder.Part("b"), _folder.Read("a").AsSpan(0, 6_000_000));
        FileSystem files = new();
        int held = files.Open(FileSystem.Here, System.Text.Encoding.UTF8.GetBytes(_folder.Part("b")), Libc.O_RDWR);
        Assert.True(files.TryLock(held));
        CopyRun run = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        files.Close(held);
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
        Assert.True(run.BytesSent < 4_000_000);
    }
}
