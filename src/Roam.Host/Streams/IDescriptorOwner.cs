using Roam.Transport;

namespace Roam.Host;

/// <summary>Hears of a descriptor that is ready. A hang-up or an error counts as both. It may be told once too often: descriptors are non-blocking.</summary>
internal interface IDescriptorOwner
{
    void Ready(Instant now, int fd, bool readable, bool writable);
}
