using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>Whole sessions of the native program behind one port.</summary>
public sealed class SharedPortTests
{
    private static readonly string[] Echo = ["sh", "-c", "echo here; while read x; do echo got $x; done"];

    [Fact]
    public void Two_sessions_run_through_one_port()
    {
        using SharedPort port = new();
        using SharedSession first = port.Start(Echo);
        using SharedSession second = port.Start(Echo);
        using PtySession alice = first.StartClient();
        using PtySession bob = second.StartClient();
        Work(alice, "one");
        Work(bob, "two");
        Work(alice, "three");
        Assert.DoesNotContain("two", alice.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("three", bob.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_s_death_is_no_other_s_concern()
    {
        using SharedPort port = new();
        using SharedSession first = port.Start(Echo);
        using SharedSession second = port.Start(Echo);
        using PtySession bob = second.StartClient();
        Work(bob, "one");
        first.Kill();
        Work(bob, "two");
    }

    [Fact]
    public void When_the_broker_dies_the_sessions_start_another_and_go_on()
    {
        using SharedPort port = new();
        using SharedSession first = port.Start(Echo);
        using SharedSession second = port.Start(Echo);
        using PtySession alice = first.StartClient();
        using PtySession bob = second.StartClient();
        Work(alice, "one");
        Work(bob, "two");
        for (int i = 0; i < 3; i++)
        {
            int broker = port.WaitForBroker();
            Assert.Equal(0, Libc.kill(broker, Libc.SIGKILL));
            Work(alice, "after-" + i);
            Work(bob, "also-after-" + i);
            Assert.NotEqual(broker, port.WaitForBroker(notThis: broker));
        }

        // A new session joins the broker that an old one has started.
        using SharedSession third = port.Start(Echo);
        using PtySession carol = third.StartClient();
        Work(carol, "three");
    }

    [Fact]
    public void What_strangers_send_gets_no_answer_and_disturbs_nobody()
    {
        using SharedPort port = new();
        using SharedSession session = port.Start(Echo);
        using PtySession client = session.StartClient();
        Work(client, "one");
        using UdpSocket stranger = UdpSocket.TryOpen(isIPv6: false)!;
        Assert.True(Place.TryParse(session.Places, out Place place));
        byte[] garbage = new byte[1400];
        for (int length = 0; length < garbage.Length; length += 7)
        {
            new SystemRandom().Fill(garbage);
            stranger.Send(garbage.AsSpan(0, length), port.Place);

            // With the right id, but without the key.
            stranger.Send(place.Id.Span, garbage.AsSpan(0, length), port.Place);
        }

        Work(client, "two");
        Assert.False(stranger.TryReceive(garbage, out _, out _, out _));
    }

    [Fact]
    public void The_last_session_s_end_is_the_broker_s_and_the_port_is_free()
    {
        using SharedPort port = new();
        using (SharedSession session = port.Start("sh", "-c", "echo here; read x"))
        {
            using PtySession client = session.StartClient();
            client.Expect("here");
            client.Type("\r");
            Assert.Equal(0, client.WaitForExit());
            Assert.Equal(0, session.WaitForExit());
        }

        SharedPort.WaitUntil("the port is not given back", () =>
        {
            using ServerEndpoint? own = ServerEndpoint.TryBind(null, port.Port, port.Port, out _);
            return own is not null;
        });
    }

    private static void Work(PtySession client, string word)
    {
        client.Type(word + "\r");
        client.Expect("got " + word);
    }
}
