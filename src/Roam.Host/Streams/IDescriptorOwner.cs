using Roam.Transport;

namespace Roam.Host;

/// <summary>Hears that a descriptor can be read or written. A hang-up or an error counts as both, asked for or not.</summary>
internal interface IDescriptorOwner
{
    void Ready(Instant now, int fd, bool readable, bool writable);
}
