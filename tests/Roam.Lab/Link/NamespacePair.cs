using System.Globalization;
using Roam.Host;

namespace Roam.Lab;

/// <summary>
/// Two network namespaces whose only way to each other is a TUN device in each, joined by an emulated link. Each side is one subnet, so the near end may take any other
/// address of it and packets still find their way. Named after this process, removed with everything that runs in them.
/// </summary>
internal sealed class NamespacePair : IDisposable
{
    public const string NearAddress = "10.83.0.1";
    public const string FarAddress = "10.83.255.1";
    public const string NearAddress6 = "fd83::1";
    public const string FarAddress6 = "fd83::ff:1";

    private const string Device = "emu";
    private const int Mtu = 1500;

    /// <summary>Of the kernel, in front of the emulated one: long, so that only the emulated one ever drops.</summary>
    private const int DeviceQueuePackets = 20_000;

    private static int _made;
    private bool _disposed;

    private NamespacePair(string near, string far)
    {
        Near = near;
        Far = far;
    }

    public string Near { get; }

    public string Far { get; }

    /// <summary>Null, with the reason: no right to make namespaces, no iproute2, no TUN.</summary>
    public static NamespacePair? TryCreate(EmulatedLink link, out string reason)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"roam{Libc.getpid()}x{Interlocked.Increment(ref _made)}");
        NamespacePair pair = new(name + "near", name + "far");
        Leftovers.Add(pair.Dispose);
        try
        {
            reason = Tool.Run("ip", ["-batch", "-"], $"netns add {pair.Near}\nnetns add {pair.Far}\n") ?? "";
            if (reason.Length == 0)
            {
                link.Add(TunEnd.Open(pair.Near, Device), TunEnd.Open(pair.Far, Device));
                SetUp(pair.Near, NearAddress, NearAddress6);
                SetUp(pair.Far, FarAddress, FarAddress6);
                return pair;
            }
        }
        catch (InvalidOperationException e)
        {
            reason = e.Message;
        }

        reason = reason.Split('\n')[0];
        pair.Dispose();
        return null;
    }

    /// <summary>The near end moves to another address of its subnet; nobody is told.</summary>
    public void ChangeNearAddress(string address)
    {
        bool v6 = address.Contains(':', StringComparison.Ordinal);
        Tool.RunOrThrow("ip", [v6 ? "-6" : "-4", "-n", Near, "-batch", "-"], $"addr flush dev {Device} scope global\naddr add {address}/{(v6 ? "64 nodad" : "16")} dev {Device}\n");
    }

    /// <summary>
    /// TCP from there uses that congestion control, whatever this machine's own choice is. By the route, as a namespace may not choose every one for itself (ip-route(8), congctl).
    /// </summary>
    public static void SetCongestionControl(string name, string algorithm) =>
        Tool.RunOrThrow("sh", ["-c", $"ip -n {name} route change $(ip -n {name} -4 route show dev {Device} | head -n 1) dev {Device} congctl {algorithm}"]);

    /// <summary>Put before a command line that is to run in the namespace.</summary>
    public static string[] Enter(string name) => ["ip", "netns", "exec", name];

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (string name in (string[])[Near, Far])
        {
            if (File.Exists("/run/netns/" + name))
            {
                _ = Tool.Run("sh", ["-c", $"ip netns pids {name} | xargs -r kill -9; ip netns del {name}"]);
            }
        }
    }

    private static void SetUp(string name, string address, string address6) => Tool.RunOrThrow("ip", ["-n", name, "-batch", "-"], $"""
        link set lo up
        link set {Device} addrgenmode none mtu {Mtu} txqueuelen {DeviceQueuePackets} up
        addr add {address}/16 dev {Device}
        addr add {address6}/64 dev {Device} nodad

        """);
}
