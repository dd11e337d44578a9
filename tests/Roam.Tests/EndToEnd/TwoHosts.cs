using System.Diagnostics;
using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>
/// Two network namespaces, near and far, joined by two cables: one has IPv4 addresses, the other IPv6. Neighbours are set by hand, so that nothing but the sessions' datagrams
/// is on the cables, and a cable can be cut so that neither end is told.
/// </summary>
internal sealed class TwoHosts : IDisposable
{
    public const string FarIPv4 = "10.99.1.2";
    public const string FarIPv6 = "fd99:1::2";
    private const string NearIPv4 = "10.99.1.1";
    private const string NearIPv6 = "fd99:1::1";
    private const string NearMac = "02:00:00:00:00:01";
    private const string FarMac = "02:00:00:00:00:02";
    private const string NobodysMac = "02:00:00:00:00:99";

    private readonly string _near = $"roam{Environment.ProcessId}n";
    private readonly string _far = $"roam{Environment.ProcessId}f";

    private TwoHosts()
    {
    }

    public string[] Near => ["ip", "netns", "exec", _near];

    public string[] Far => ["ip", "netns", "exec", _far];

    /// <summary>Skips the test where namespaces cannot be made.</summary>
    public static TwoHosts Join()
    {
        TwoHosts hosts = new();
        Assert.SkipUnless(Environment.IsPrivilegedProcess && TryRun("ip", "netns", "add", hosts._near), "Only root may make network namespaces.");
        Assert.True(TryRun("ip", "netns", "add", hosts._far));
        hosts.Connect("four", $"{NearIPv4}/24", $"{FarIPv4}/24");
        hosts.Connect("six", $"{NearIPv6}/64 nodad", $"{FarIPv6}/64 nodad");
        hosts.SetNeighbours("four", NearIPv4, FarIPv4, NearMac, FarMac);
        hosts.SetNeighbours("six", NearIPv6, FarIPv6, NearMac, FarMac);
        return hosts;
    }

    /// <summary>The near host gets another IPv4 address. No program is told by us.</summary>
    public void MoveNear(string address)
    {
        Ip(_far, $"neighbour replace {address} lladdr {NearMac} nud permanent dev four");
        Ip(_near, "address flush dev four");
        Ip(_near, $"address add {address}/24 dev four");
        Ip(_near, $"neighbour replace {FarIPv4} lladdr {FarMac} nud permanent dev four");
    }

    /// <summary>Frames go to a machine that is not there, both ways; links, addresses and routes stay as they are.</summary>
    public void CutIPv4Silently() => SetNeighbours("four", NearIPv4, FarIPv4, NobodysMac, NobodysMac);

    /// <summary>UDP datagrams that left the network namespace of a process.</summary>
    public static long DatagramsOut(int pid)
    {
        string[][] rows = [.. File.ReadLines($"/proc/{pid}/net/snmp").Where(l => l.StartsWith("Udp:", StringComparison.Ordinal)).Select(l => l.Split(' '))];
        string six = File.ReadLines($"/proc/{pid}/net/snmp6").First(l => l.StartsWith("Udp6OutDatagrams", StringComparison.Ordinal));
        return long.Parse(rows[1][Array.IndexOf(rows[0], "OutDatagrams")], CultureInfo.InvariantCulture) + long.Parse(six.Split(' ', '\t')[^1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        foreach (string name in (string[])[_near, _far])
        {
            (_, string pids, _) = Programs.Run("ip", ["netns", "pids", name]);
            foreach (string pid in pids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Processes.Signal(int.Parse(pid, CultureInfo.InvariantCulture), Processes.SIGKILL);
            }

            TryRun("ip", "netns", "delete", name);
        }
    }

    private void Connect(string cable, string near, string far)
    {
        Assert.True(TryRun("ip", "link", "add", cable, "address", NearMac, "netns", _near, "type", "veth", "peer", "name", cable, "address", FarMac, "netns", _far));
        foreach ((string host, string address) in ((string, string)[])[(_near, near), (_far, far)])
        {
            Ip(host, "link set lo up");
            Ip(host, $"address add {address} dev {cable}");
            Ip(host, $"link set {cable} up");
        }
    }

    private void SetNeighbours(string cable, string near, string far, string nearMac, string farMac)
    {
        Ip(_near, $"neighbour replace {far} lladdr {farMac} nud permanent dev {cable}");
        Ip(_far, $"neighbour replace {near} lladdr {nearMac} nud permanent dev {cable}");
    }

    private static void Ip(string host, string words)
    {
        (int code, _, string error) = Programs.Run("ip", ["-n", host, .. words.Split(' ')]);
        Assert.True(code == 0, $"ip -n {host} {words}: {error}");
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
