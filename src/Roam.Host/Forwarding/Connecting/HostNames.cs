using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Names of hosts in every build. A static one has no name service (docs/adr/0010-static-server-build.md): it asks the machine's own program for it, getent(1), which glibc, musl and the
/// BSDs have. Blocks for as long as that takes.
/// </summary>
internal static class HostNames
{
    private const string StaticSwitch = "Roam.IsStatic";
    private const string Loopback = "localhost";

    /// <summary>RFC 6761, section 6.3: it always means this machine.</summary>
    private static readonly string[] s_loopbacks = ["127.0.0.1", "::1"];

    private static readonly bool s_isStatic = AppContext.TryGetSwitch(StaticSwitch, out bool isStatic) && isStatic;

    public static bool TryResolve(string host, int port, out List<PeerAddress> addresses, out string error) =>
        s_isStatic ? TryAsk(host, port, out addresses, out error) : AddressLookup.TryResolve(host, port, Libc.AF_UNSPEC, numericOnly: false, out addresses, out error);

    internal static bool TryAsk(string host, int port, out List<PeerAddress> addresses, out string error)
    {
        addresses = [];
        error = "Name or service not known";

        // A name that looks like an option would be one.
        using ChildProcess? child = host.StartsWith('-') ? null : ChildProcess.TryStart(["getent", "ahosts", host], out error);
        while (child?.ReadLine() is { } line)
        {
            // "192.0.2.1      STREAM web"
            Add(line.Split([' ', '\t'], 2)[0], port, addresses);
        }

        _ = child?.WaitForExit();
        foreach (string loopback in addresses.Count == 0 && host == Loopback ? s_loopbacks : [])
        {
            Add(loopback, port, addresses);
        }

        return addresses.Count > 0;
    }

    private static void Add(string text, int port, List<PeerAddress> addresses)
    {
        if (addresses.Count < AddressLookup.AddressesMax && AddressLookup.TryResolve(text, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> found, out _) && !addresses.Contains(found[0]))
        {
            addresses.Add(found[0]);
        }
    }
}
