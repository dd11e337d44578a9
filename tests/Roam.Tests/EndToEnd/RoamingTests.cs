using System.Diagnostics;
using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>The ways to the server change under a session.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RoamingTests
{
    /// <summary>The client's regular datagram goes this long after its last.</summary>
    private static readonly TimeSpan Regular = TimeSpan.FromSeconds(3);

    /// <summary>Clearly before the next one, with room for a machine that is slow.</summary>
    private static readonly TimeSpan Early = Regular - TimeSpan.FromSeconds(0.5);

    private const int RoundsMax = 5;

    /// <summary>The change is made right after a regular datagram, so whatever arrives before the next one was carried by an early word. One early word of five shows that it is spoken.</summary>
    [Fact]
    public void Output_after_a_silent_change_of_the_clients_address_does_not_wait_for_the_clients_regular_datagram()
    {
        using TwoHosts hosts = TwoHosts.Join();
        string gate = Sandbox.NewFile("gate");
        using TerminalWindow window = Start(hosts, TwoHosts.FarIPv4, null, "sh", "-c", $"mkfifo {gate}; echo ready; while :; do read line <{gate} && echo $line; done");
        window.WaitForText("ready");
        bool isEarly = false;
        for (int i = 0; i < RoundsMax && !isEarly; i++)
        {
            long start = WaitForRegularDatagram(window);
            hosts.MoveNear($"10.99.1.{20 + i}");
            File.WriteAllText(gate, $"news {i}\n");
            window.WaitForText($"news {i}");
            isEarly = Stopwatch.GetElapsedTime(start) < Early;
        }

        Assert.True(isEarly, "each time the text came only with the client's regular datagram");
    }

    [Fact]
    public void A_session_goes_on_over_the_servers_other_address_when_one_is_cut_off()
    {
        Assert.SkipUnless(File.Exists("/proc/net/if_inet6"), "This machine has no IPv6.");
        using TwoHosts hosts = TwoHosts.Join();
        using TerminalWindow window = Start(hosts, TwoHosts.FarIPv4, TwoHosts.FarIPv6, "env", "PS1=ready> ", "bash", "--norc", "--noprofile", "-i");
        window.WaitForText("ready>");
        hosts.CutIPv4Silently();
        for (int i = 0; i < 3; i++)
        {
            window.Type($"echo line' '{i}\r");
            window.WaitForText($"\nline {i}\n");
        }

        window.Type("exit\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Fact]
    public void A_session_begins_over_the_address_that_answers()
    {
        Assert.SkipUnless(File.Exists("/proc/net/if_inet6"), "This machine has no IPv6.");
        using TwoHosts hosts = TwoHosts.Join();
        hosts.CutIPv4Silently();
        using TerminalWindow window = Start(hosts, TwoHosts.FarIPv4, $"192.0.2.1 {TwoHosts.FarIPv6}", "sh", "-c", "echo here; read x");
        window.WaitForText("here");
        window.Type("\r");
        Assert.Equal(0, window.WaitForExit());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_quiet_servers_output_arrives_after_the_clients_next_datagram_when_a_NAT_forgot_its_mapping(bool ourServer)
    {
        string gate = Sandbox.NewFile("gate");
        string server = ourServer ? Programs.Link("mosh-server") : Programs.StockServer;
        Assert.SkipUnless(File.Exists(server), "mosh is not installed.");
        (int port, string key) = RemoteSession.StartServer(server, ["sh", "-c", $"mkfifo {gate}; echo ready; while :; do read line <{gate} && echo $line; done"], []);
        using RebindingNat nat = new(port);
        using TerminalWindow window = TerminalWindow.Open(
            [Programs.Link("mosh-client"), "127.0.0.1", nat.Port.ToString(CultureInfo.InvariantCulture)], environment: [("MOSH_KEY", key)]);
        window.WaitForText("ready");
        for (int i = 0; i < 2; i++)
        {
            nat.Rebind();
            File.WriteAllText(gate, $"news {i}\n");
            window.WaitForText($"news {i}");
        }

        Processes.Signal(window.Pid, Processes.SIGTERM);
        Assert.Equal(0, window.WaitForExit());
    }

    private static TerminalWindow Start(TwoHosts hosts, string address, string? more, params string[] program)
    {
        (int port, string key) = RemoteSession.StartServer(Programs.Link("mosh-server"), program, [], bind: null, hosts.Far);
        return TerminalWindow.Open(
            [.. hosts.Near, Programs.Link("mosh-client"), address, port.ToString(CultureInfo.InvariantCulture)],
            environment: [("MOSH_KEY", key), ("ROAM_ADDRESSES", more)]);
    }

    /// <summary>The time at which an idle client was seen to speak.</summary>
    private static long WaitForRegularDatagram(TerminalWindow window)
    {
        const int LookMillis = 10;
        long start = Stopwatch.GetTimestamp();
        long quiet = start;
        long sent = TwoHosts.DatagramsOut(window.Pid);
        while (Stopwatch.GetElapsedTime(start) < Programs.Patience)
        {
            Processes.WaitReadable(-1, LookMillis);
            if (TwoHosts.DatagramsOut(window.Pid) == sent)
            {
                continue;
            }

            // Acknowledgements of what was just shown are not regular: only one after a silence is.
            bool isRegular = Stopwatch.GetElapsedTime(quiet) > Regular / 2;
            quiet = Stopwatch.GetTimestamp();
            sent = TwoHosts.DatagramsOut(window.Pid);
            if (isRegular)
            {
                return quiet;
            }
        }

        throw new InvalidOperationException("the client never speaks");
    }
}
