using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>A network namespace of one thread's own (unshare(2)): links and addresses may be set and taken away without anybody else noticing. It goes with the thread.</summary>
internal static partial class PrivateNetwork
{
    private const int CLONE_NEWNET = 0x40000000;

    /// <summary>Skips the test where the system does not give a namespace, which only root gets.</summary>
    public static void Run(Action story)
    {
        bool isPrivate = false;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            isPrivate = unshare(CLONE_NEWNET) == 0;
            try
            {
                if (isPrivate)
                {
                    story();
                }
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        Assert.SkipUnless(isPrivate, "Only root may make a network namespace.");
        failure?.Throw();
    }

    /// <summary>ip(8), which inherits this thread's namespace.</summary>
    public static void Ip(string arguments)
    {
        using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        string error = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        Assert.True(ip.ExitCode == 0, $"ip {arguments}: {error}");
    }

    /// <summary>The kernel takes IPv6 addresses into use in a thread of its own, even without duplicate address detection: until then they are tentative (flag 0x40).</summary>
    public static void WaitForAddresses()
    {
        Instant deadline = Poller.Deadline;
        while (!File.ReadLines("/proc/thread-self/net/if_inet6").All(IsReady))
        {
            Assert.True(SystemClock.Now < deadline, "an address does not become ready");
            Thread.Yield();
        }
    }

    /// <summary>Not tentative, and in the local routes: the kernel puts it there a moment later, on a thread of its own, and drops what comes before (proc(5): if_inet6, ipv6_route).</summary>
    private static bool IsReady(string address)
    {
        const int Tentative = 0x40;
        const uint Local = 0x8000_0000;
        string[] words = address.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (Convert.ToInt32(words[4], 16) & Tentative) == 0
            && File.ReadLines("/proc/thread-self/net/ipv6_route")
                .Where(route => route.StartsWith(words[0] + " 80 ", StringComparison.Ordinal))
                .Any(route => (Convert.ToUInt32(route.Split(' ', StringSplitOptions.RemoveEmptyEntries)[8], 16) & Local) != 0);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);
}
