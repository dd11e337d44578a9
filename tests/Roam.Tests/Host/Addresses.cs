using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>Socket addresses from numeric texts.</summary>
internal static class Addresses
{
    public static PeerAddress Of(string address, int port)
    {
        Assert.True(AddressLookup.TryResolve(address, port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> found, out string error), error);
        return found[0];
    }
}
