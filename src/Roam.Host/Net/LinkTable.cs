namespace Roam.Host;

/// <summary>
/// Which interfaces were seen running. The kernel tells of a link at every scan of a wireless card, so only the step from "not running" to "running" counts.
/// An interface first seen running is no step; nor is anything of an interface for which there is no place.
/// </summary>
internal sealed class LinkTable
{
    /// <summary>A container host may have more; the links beyond are then told only by addresses and routes.</summary>
    public const int LinksMax = 256;

    private readonly Dictionary<int, bool> _isRunning = [];

    /// <summary>True: the link came up.</summary>
    public bool Note(int index, uint flags)
    {
        bool isRunning = (flags & (Libc.IFF_UP | Libc.IFF_RUNNING)) == (Libc.IFF_UP | Libc.IFF_RUNNING);
        bool isKnown = _isRunning.TryGetValue(index, out bool wasRunning);
        if (isKnown || _isRunning.Count < LinksMax)
        {
            _isRunning[index] = isRunning;
        }

        return isKnown && isRunning && !wasRunning;
    }

    public void Remove(int index) => _isRunning.Remove(index);
}
