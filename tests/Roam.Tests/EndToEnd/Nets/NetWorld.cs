using System.Diagnostics;
using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>
/// Hosts in network namespaces, joined by veth cables with addresses of both families. Each host has its own home folder, users, names and, where asked for, a real
/// sshd on port 22; nothing but root and a kernel with namespaces is needed, and nothing of it is seen from outside.
/// </summary>
internal sealed class NetWorld : IDisposable
{
    private static int _worlds;

    private readonly string _name = $"roam{Environment.ProcessId}w{Interlocked.Increment(ref _worlds).ToString(CultureInfo.InvariantCulture)}";
    private readonly List<NetHost> _hosts = [];
    private int _cables;

    private NetWorld()
    {
    }

    /// <summary>The machine that the user sits at.</summary>
    public NetHost Client { get; private set; } = null!;

    /// <summary>Skips the test where namespaces cannot be made.</summary>
    public static NetWorld Make()
    {
        NetWorld world = new();
        Assert.SkipUnless(Environment.IsPrivilegedProcess && NetHost.TryRun("ip", "netns", "add", world._name + "probe"), "Only root may make network namespaces.");
        Assert.True(NetHost.TryRun("ip", "netns", "delete", world._name + "probe"));
        world.Client = world.Add("client");
        return world;
    }

    /// <summary>A client and a host with sshd on one cable: each knows the other by name.</summary>
    public static NetWorld Direct(out NetHost target, Action<NetHost>? furnish = null, string banner = "")
    {
        NetWorld world = Make();
        target = world.Add("target");
        world.Join(world.Client, target);
        furnish?.Invoke(target);
        target.StartSshd(banner);
        return world;
    }

    /// <summary>A chain: the client reaches the first bastion only, each bastion the next host, and nobody forwards packets.</summary>
    public static NetWorld Chain(int bastions, out NetHost target, Action<NetHost>? furnish = null)
    {
        NetWorld world = Make();
        NetHost last = world.Client;
        for (int i = 1; i <= bastions; i++)
        {
            NetHost bastion = world.Add($"bastion{i.ToString(CultureInfo.InvariantCulture)}");
            world.Join(last, bastion);
            furnish?.Invoke(bastion);
            bastion.StartSshd();
            last = bastion;
        }

        target = world.Add("target");
        world.Join(last, target);
        furnish?.Invoke(target);
        target.StartSshd();
        string jumps = string.Join(',', Enumerable.Range(1, bastions).Select(i => $"bastion{i.ToString(CultureInfo.InvariantCulture)}"));
        world.Client.WriteSshConfig($"Host target\n  ProxyJump {jumps}\n");
        return world;
    }

    /// <summary>The client behind a router that hides it; the target outside.</summary>
    public static NetWorld BehindNat(out NatRouter router, out NetHost target)
    {
        NetWorld world = Make();
        router = new NatRouter(world.Add("router"));
        target = world.Add("target");
        world.Join(world.Client, router.Host);
        world.Join(router.Host, target);
        router.Start(world.Client);
        world.Client.Know(target, target.Addresses);
        target.StartSshd();
        return world;
    }

    public NetHost Add(string name)
    {
        NetHost host = new(name, _name + name, Path.Combine(Sandbox.Home, _name, name));
        _hosts.Add(host);
        return host;
    }

    /// <summary>A cable of its own between two hosts, which learn each other's names.</summary>
    public void Join(NetHost a, NetHost b)
    {
        _cables++;
        string cable = _cables.ToString(CultureInfo.InvariantCulture);
        string[] ofA = [$"10.77.{cable}.1", $"fd77:{cable}::1"];
        string[] ofB = [$"10.77.{cable}.2", $"fd77:{cable}::2"];
        Assert.True(NetHost.TryRun("ip", "link", "add", b.Cable, "netns", a.Namespace, "type", "veth", "peer", "name", a.Cable, "netns", b.Namespace));
        a.Plug(b.Cable, ofA);
        b.Plug(a.Cable, ofB);
        a.Know(b, ofB);
        b.Know(a, ofA);
    }

    /// <summary>All programs of all hosts end, those that detached themselves too.</summary>
    public void Dispose()
    {
        foreach (NetHost host in _hosts)
        {
            host.Dispose();
        }
    }

    /// <summary>Waits for something outside of any terminal; the deadline is only there to end a test that has failed.</summary>
    public static void WaitFor(string what, Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, $"waited too long for {what}");
            Processes.WaitReadable(-1, 20);
        }
    }
}
