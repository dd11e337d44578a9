using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Paths that swallow long datagrams without a word, and paths that get better again.</summary>
public sealed class PathSizeTests
{
    private readonly Pair _pair = Timing.RoamTimingTests.Settled();
    private int _frame;

    private int ServerSize => _pair.Server.Connection.MtuBytes;

    [Theory]
    [InlineData(572)]
    [InlineData(800)]
    [InlineData(1000)]
    [InlineData(1251)]
    public void The_first_frame_over_such_a_path_is_late_by_one_probe_and_the_next_not_at_all(int longest)
    {
        _pair.Down.DatagramBytesMax = longest;
        Assert.InRange(MillisOfFrame(), 175, 360);
        Assert.Equal(PathSize.FloorBytes, ServerSize);
        for (int i = 0; i < 10; i++)
        {
            Assert.InRange(MillisOfFrame(), 50, 60);
        }
    }

    [Fact]
    public void A_program_that_never_rests_does_not_hide_the_hole()
    {
        _pair.Down.DatagramBytesMax = 700;
        for (int i = 0; i < 40; i++)
        {
            _pair.Server.Set(_pair.Now, Frame());
            _pair.RunFor(50);
        }

        Assert.Equal(PathSize.FloorBytes, ServerSize);
        Assert.Contains(_frame - 1, Enumerable.Range(0, 4).Select(back => FrameShown() + back));
    }

    [Fact]
    public void The_client_finds_the_hole_in_its_own_direction()
    {
        _pair.Up.DatagramBytesMax = 600;
        string paste = new('p', 4000);
        _pair.Client.Set(_pair.Now, paste);
        Assert.InRange(_pair.MillisUntil(() => _pair.Server.Remote == paste, 5000), 175, 360);
        _pair.RunFor(500);
        Assert.Equal(PathSize.FloorBytes, _pair.Client.Connection.MtuBytes);
    }

    [Fact]
    public void In_quiet_moments_it_finds_out_how_much_the_path_carries()
    {
        _pair.Down.DatagramBytesMax = 1000;
        MillisOfFrame();
        MillisOfFrame();
        _pair.RunFor(120_000);
        Assert.InRange(ServerSize, 780, 1000);
        Assert.InRange(MillisOfFrame(), 50, 60);
    }

    [Fact]
    public void When_the_hole_is_gone_the_full_size_comes_back()
    {
        _pair.Down.DatagramBytesMax = 700;
        MillisOfFrame();
        Assert.Equal(PathSize.FloorBytes, ServerSize);
        _pair.Down.DatagramBytesMax = int.MaxValue;
        _pair.RunFor(30_000);
        Assert.Equal(1252, ServerSize);
    }

    [Fact]
    public void Looking_for_more_costs_no_datagrams_beyond_the_regular_ones()
    {
        _pair.Down.DatagramBytesMax = 700;
        MillisOfFrame();
        _pair.RunFor(3000);
        int before = _pair.Server.Sent.Count;
        _pair.RunFor(300_000);
        Assert.InRange(_pair.Server.Sent.Count - before, 99, 102);
    }

    [Fact]
    public void Loss_by_chance_does_not_keep_the_size_down()
    {
        _pair.Down.LossPerMille = _pair.Up.LossPerMille = 100;
        for (int i = 0; i < 200; i++)
        {
            MillisOfFrame();
            _pair.RunFor(200);
        }

        _pair.Down.LossPerMille = _pair.Up.LossPerMille = 0;
        _pair.RunFor(60_000);
        Assert.Equal(1252, ServerSize);
    }

    [Fact]
    public void Another_path_begins_at_the_full_size()
    {
        _pair.Down.DatagramBytesMax = 700;
        MillisOfFrame();
        _pair.Down.DatagramBytesMax = int.MaxValue;
        _pair.Client.Address = Pair.AddressOf(9);
        _pair.Client.Set(_pair.Now, "here I am");
        _pair.RunFor(1000);
        Assert.Equal(1252, ServerSize);
    }

    private long MillisOfFrame()
    {
        string frame = Frame();
        _pair.Server.Set(_pair.Now, frame);
        long millis = _pair.MillisUntil(() => _pair.Client.Remote == frame, 20_000);
        _pair.RunFor(1000);
        return millis;
    }

    private string Frame()
    {
        char letter = (char)('a' + (_frame % 26));
        return $"{_frame++:D6}{new string(letter, 3000)}";
    }

    private int FrameShown() => int.Parse(_pair.Client.Remote.AsSpan(0, 6), null);
}
