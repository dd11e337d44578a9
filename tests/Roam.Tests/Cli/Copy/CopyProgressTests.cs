using Roam.Cli;
using Roam.Host;

namespace Roam.Tests.Cli.Copy;

public sealed class CopyProgressTests
{
    [Fact]
    public void The_line_tells_file_part_rate_and_time_left()
    {
        CopyProgress progress = new(0);
        _ = progress.Line(new CopyProgressState(2, 1_000_000_000, true, 0, 0, 0, 0, "film.mkv"), 0, 120);
        string line = progress.Line(new CopyProgressState(2, 1_000_000_000, true, 0, 250_000_000, 250_000_000, 0, "film.mkv"), 5_000_000, 120);
        Assert.Equal("film.mkv [#####               ]  25 %  250 MB of 1.0 GB  0/2 files  50.0 MB/s  0:15 left", line);
    }

    [Fact]
    public void Before_all_is_counted_there_is_no_part_and_no_time_left()
    {
        CopyProgress progress = new(0);
        string line = progress.Line(new CopyProgressState(1, 3_000, false, 0, 1_000, 0, 0, "x"), 1_000_000, 120);
        Assert.Equal("x  1.0 KB of at least 3.0 KB  1.0 KB/s", line);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(80)]
    public void It_never_fills_the_last_column(int width)
    {
        CopyProgress progress = new(0);
        CopyProgressState state = new(100_000, 50_000_000_000, true, 5, 1, 1, 0, new string('x', 300));
        Assert.True(progress.Line(state, 5_000_000, width).Length < Math.Max(width, 1) || width == 1);
    }

    [Fact]
    public void Nothing_to_copy_divides_by_nothing() =>
        Assert.Equal("   0 %  0 B of 0 B", new CopyProgress(0).Line(new CopyProgressState(0, 0, true, 0, 0, 0, 0, ""), 1, 20));

    [Fact]
    public void The_summary_says_what_was_spared()
    {
        Assert.Equal("1 file, 2.0 MB in 2.0 s (1.0 MB/s)", CopyProgress.Summary(new CopyProgressState(1, 2_000_000, true, 1, 2_000_000, 2_000_000, 0, ""), 2_000_000));
        Assert.Equal("3 files, 2.0 MB in 2.0 s (1.0 MB sent, 500 KB/s); 1 was there already", CopyProgress.Summary(new CopyProgressState(3, 2_000_000, true, 3, 2_000_000, 1_000_000, 1, ""), 2_000_000));
    }
}
