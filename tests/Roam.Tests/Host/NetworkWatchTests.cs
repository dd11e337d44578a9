using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>The real kernel's messages in a namespace of the test's own; the watch's time is the test's.</summary>
public sealed class NetworkWatchTests
{
    private static readonly PeerAddress Server = AddressOf("10.99.0.200");

    private Instant _now = new(1_000_000_000);

    [Fact]
    public void Another_address_makes_the_client_speak_and_once_more_when_all_has_settled()
    {
        PrivateNetwork.Run(() =>
        {
            using NetworkWatch watch = Watch();
            PrivateNetwork.Ip("address flush dev near");
            PrivateNetwork.Ip("address add 10.99.0.7/24 dev near");
            Assert.True(Hears(watch));
            Instant again = watch.NextTimeout(_now.PlusMillis(1000));
            Assert.True(again <= _now.PlusMillis(200));
            _now = again;
            Assert.True(watch.Turn(_now, false, Server));
            Assert.Equal(Instant.Never, watch.NextTimeout(_now.PlusMillis(1000)));
        });
    }

    [Fact]
    public void While_there_is_no_way_the_client_is_silent_and_it_speaks_when_the_same_way_is_back()
    {
        PrivateNetwork.Run(() =>
        {
            using NetworkWatch watch = Watch();
            PrivateNetwork.Ip("link set near down");
            Assert.False(Hears(watch));
            Assert.True(PathProbe.SourceTowards(Server).IsNone);
            PrivateNetwork.Ip("link set near up");
            bool speaks = false;
            while (!speaks)
            {
                // The link's carrier is told a little later than the command ends.
                speaks = Hears(watch);
            }

            Assert.Equal("10.99.0.1", SocketAddress.TextOf(PathProbe.SourceTowards(Server)));
        });
    }

    [Fact]
    public void The_same_address_taken_away_and_given_back_between_two_looks_makes_the_client_speak()
    {
        PrivateNetwork.Run(() =>
        {
            using NetworkWatch watch = Watch();
            PrivateNetwork.Ip("address del 10.99.0.1/24 dev near");
            PrivateNetwork.Ip("address add 10.99.0.1/24 dev near");
            Assert.True(Hears(watch));
        });
    }

    [Fact]
    public void What_does_not_touch_the_way_to_the_server_is_no_reason_to_speak_and_is_looked_at_ever_more_seldom()
    {
        PrivateNetwork.Run(() =>
        {
            using NetworkWatch watch = Watch();
            List<long> pauses = [];
            for (int i = 0; i < 9; i++)
            {
                PrivateNetwork.Ip($"route add 192.0.2.{i} dev near");
                Assert.False(Hears(watch));
                Instant looked = _now;
                while (watch.FdAt(_now) < 0)
                {
                    _now = _now.PlusMillis(1);
                }

                pauses.Add(_now.MillisSince(looked));
            }

            Assert.Equal([20, 40, 80, 160, 320, 640, 1000, 1000, 1000], pauses);
        });
    }

    [Fact]
    public void More_news_than_the_kernel_can_keep_count_as_a_change_and_are_read_in_bounded_pieces()
    {
        PrivateNetwork.Run(() =>
        {
            using NetworkWatch watch = Watch();
            string batch = Path.GetTempFileName();
            File.WriteAllLines(batch, Enumerable.Range(0, 4000).Select(i => $"route add 198.{18 + (i / 2000)}.{i / 200 % 10}.{i % 200} dev near"));
            PrivateNetwork.Ip("-batch " + batch);
            File.Delete(batch);
            int words = 0;
            for (int i = 0; i < 1000 && Poller.TryWait(watch.FdAt(_now), Libc.POLLIN, SystemClock.Now.PlusMillis(1)); i++)
            {
                words += watch.Turn(_now, true, Server) ? 1 : 0;
                _now = _now.PlusMillis(NetworkWatch.PauseMillisMax);
            }

            Assert.InRange(words, 1, 2);
            Assert.False(Poller.TryWait(watch.FdAt(_now), Libc.POLLIN, SystemClock.Now.PlusMillis(1)));
        });
    }

    private NetworkWatch Watch()
    {
        PrivateNetwork.Ip("link add near type veth peer name far");
        PrivateNetwork.Ip("link set far up");
        PrivateNetwork.Ip("link set near up");
        PrivateNetwork.Ip("address add 10.99.0.1/24 dev near");
        NetworkWatch watch = new();
        Assert.False(watch.Turn(_now, false, Server));
        Assert.True(watch.FdAt(_now) >= 0);

        // What the preparation left to be told.
        while (Poller.TryWait(watch.FdAt(_now), Libc.POLLIN, SystemClock.Now.PlusMillis(200)))
        {
            Hears(watch);
        }

        while (watch.NextTimeout(_now) != Instant.Never)
        {
            _now = watch.NextTimeout(_now);
            watch.Turn(_now, false, Server);
        }

        _now = _now.PlusMillis(60_000);
        return watch;
    }

    /// <summary>Waits for news and looks at them. True: it speaks.</summary>
    private bool Hears(NetworkWatch watch)
    {
        while (watch.FdAt(_now) < 0)
        {
            _now = _now.PlusMillis(1);
        }

        Poller.WaitReadable(watch.FdAt(_now));
        return watch.Turn(_now, true, Server);
    }

    private static PeerAddress AddressOf(string text)
    {
        Assert.True(AddressLookup.TryResolve(text, 60001, Libc.AF_INET, numericOnly: true, out List<PeerAddress> addresses, out _));
        return addresses[0];
    }
}
