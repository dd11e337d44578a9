using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Whose queue it is: it is asked by holding something back.</summary>
public sealed class QueueDipTests
{
    private readonly QueueDip _dip = new();

    [Fact]
    public void A_quarter_of_the_window_is_held_back_for_two_rounds()
    {
        Assert.Equal(100_000, _dip.Of(100_000));
        _dip.Begin(40_000, 500_000);
        Assert.Equal(75_000, _dip.Of(100_000));
        Assert.False(_dip.EndRound(500_000));
        Assert.Equal(75_000, _dip.Of(100_000));
        Assert.True(_dip.EndRound(365_000));
        Assert.Equal(100_000, _dip.Of(100_000));
    }

    [Fact]
    public void No_more_is_held_back_than_a_part_of_the_queue()
    {
        _dip.Begin(90_000, 10_000);
        Assert.Equal(94_000, _dip.Of(100_000));
    }

    [Theory]
    [InlineData(365_000, 100, true)]
    [InlineData(390_000, 81, true)]
    [InlineData(432_500, 50, false)]
    [InlineData(500_000, 0, false)]
    [InlineData(600_000, -74, false)]
    public void It_is_ours_when_it_shortens_by_about_as_much(long queueAfterMicros, long share, bool isOurs)
    {
        _dip.Begin(40_000, 500_000);
        _dip.EndRound(500_000);
        _dip.EndRound(queueAfterMicros);
        Assert.Equal(share, _dip.SharePercent);
        Assert.Equal(isOurs, _dip.IsOurs);
    }
}
