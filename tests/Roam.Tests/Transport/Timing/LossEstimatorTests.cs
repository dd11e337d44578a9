using Roam.Transport;

namespace Roam.Tests.Transport.Timing;

public sealed class LossEstimatorTests
{
    private static readonly RoundTrip Path = new(true, 100_000, 5000);

    private readonly LossEstimator _loss = new();
    private Instant _now = new(1_000_000);

    [Fact]
    public void A_path_that_loses_nothing_has_no_loss()
    {
        Take(0, 200, _ => true);
        Assert.Equal(0, _loss.Incoming);
        Assert.Equal(0, _loss.Ours);
    }

    [Fact]
    public void Every_third_datagram_missing_is_a_third()
    {
        Take(0, 300, i => i % 3 != 0);
        Assert.InRange(_loss.Incoming, 280_000, 390_000);
    }

    [Fact]
    public void A_late_datagram_is_no_loss_but_reordering()
    {
        for (ulong i = 0; i < 300; i += 2)
        {
            TakeOne(i + 1);
            TakeOne(i);
        }

        Assert.Equal(0, _loss.Incoming);
        Assert.InRange(_loss.Reordered, 300_000, 700_000);
    }

    [Fact]
    public void A_blackout_counts_for_ten_datagrams_at_most()
    {
        Take(0, 100, _ => true);
        Take(1_000_000, 5, _ => true);
        Assert.InRange(_loss.Incoming, 150_000, 300_000);
    }

    [Fact]
    public void The_first_datagram_of_a_session_leaves_no_gap_before_it()
    {
        Take(5000, 20, _ => true);
        Assert.Equal(0, _loss.Incoming);
    }

    [Fact]
    public void A_replay_changes_nothing()
    {
        Take(0, 100, i => i % 4 != 0);
        int before = _loss.Incoming, reordered = _loss.Reordered;
        for (int i = 0; i < 50; i++)
        {
            _loss.TakeDatagram(_now, 5, Path);
        }

        Assert.Equal((before, reordered), (_loss.Incoming, _loss.Reordered));
    }

    [Fact]
    public void Exchanges_that_needed_a_probe_show_the_loss_of_a_direction_that_nothing_comes_from()
    {
        for (int i = 0; i < 200; i++)
        {
            _loss.TakeExchange(neededProbe: i % 3 == 0);
        }

        Assert.InRange(_loss.Outgoing, 200_000, 450_000);
    }

    [Fact]
    public void With_two_copies_a_failed_exchange_means_that_both_were_lost()
    {
        for (int i = 0; i < 400; i++)
        {
            _loss.TakeCopies(2);
            _loss.TakeExchange(neededProbe: i % 9 == 0);
        }

        Assert.InRange(_loss.Outgoing, 250_000, 420_000);
    }

    [Fact]
    public void The_peers_report_replaces_what_was_only_guessed()
    {
        Take(0, 300, i => i % 3 != 0);
        for (ulong i = 1; i <= 30; i++)
        {
            _loss.TakeReport(received: i * 10, highest: i * 10);
        }

        Assert.Equal(0, _loss.Ours);
    }

    [Fact]
    public void Reports_of_a_third_lost_are_a_third_also_when_late_datagrams_blur_them()
    {
        ulong received = 0, highest = 0;
        for (int i = 0; i < 100; i++)
        {
            highest += 6;
            received += i % 2 == 0 ? 2u : 6u;
            _loss.TakeReport(received, highest);
        }

        Assert.InRange(_loss.Ours, 280_000, 390_000);
    }

    private void Take(ulong first, ulong count, Func<ulong, bool> arrives)
    {
        for (ulong i = 0; i < count; i++)
        {
            if (arrives(i))
            {
                TakeOne(first + i);
            }
            else
            {
                _now = _now.PlusMillis(50);
            }
        }

        // The last gaps are judged when their time has passed.
        _now = _now.PlusMillis(1000);
        TakeOne(first + count);
    }

    private void TakeOne(ulong sequence)
    {
        _now = _now.PlusMillis(50);
        _loss.TakeDatagram(_now, sequence, Path);
    }
}
