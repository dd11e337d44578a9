using Roam.Cli;

namespace Roam.Tests.Cli.Far;

public sealed class UploadProgressTests
{
    [Fact]
    public void Bytes_percent_rate_and_time_left_are_told()
    {
        UploadProgress progress = new("putting roam on box", 4_000_000, 0);
        Assert.Equal("putting roam on box [######                  ]  25 %  1.0 of 4.0 MB  0.5 MB/s  6 s left", progress.Draw(1_000_000, 2_000_000, 100));
    }

    [Fact]
    public void It_moves_ten_times_a_second_and_not_more()
    {
        UploadProgress progress = new("x", 1000, 0);
        Assert.NotNull(progress.Draw(1, 0, 80));
        Assert.Null(progress.Draw(2, 50_000, 80));
        Assert.NotNull(progress.Draw(3, 100_000, 80));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(30)]
    [InlineData(5)]
    [InlineData(1)]
    public void It_never_wraps(int width)
    {
        UploadProgress progress = new("putting roam on a-host-with-a-name", 4_000_000, 0);
        Assert.InRange(progress.Draw(4_000_000, 2_000_000, width)!.Length, 0, width - 1);
    }
}
