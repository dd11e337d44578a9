using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class PacerTests
{
    private const int PictureBytes = 10_000;
    private const int SlowBytesPerSecond = 2000;

    [Fact]
    public void A_picture_has_the_path_before_the_streams_for_as_long_as_it_takes()
    {
        Pacer pacer = new();
        pacer.TakeScreen(At(1000), 400, SlowBytesPerSecond);
        Assert.InRange(pacer.Next.Micros, At(1190).Micros, At(1200).Micros);
    }

    [Fact]
    public void Pictures_one_after_the_other_let_the_streams_try_the_path_twice_a_second()
    {
        Pacer pacer = new();
        int tries = 0;
        for (int millis = 1000; millis < 61_000; millis += 10)
        {
            if (pacer.Next <= At(millis))
            {
                tries++;
                pacer.Take(At(millis), 500, SlowBytesPerSecond);
            }
            else if (millis % 100 == 0)
            {
                pacer.TakeScreen(At(millis), PictureBytes, SlowBytesPerSecond);
            }
        }

        Assert.InRange(tries, 60, 130);
    }

    private static Instant At(int millis) => new(millis * 1000L);
}
