using Roam.Transport;

namespace Roam.Host;

/// <summary>Everything is allowed that the user's rights allow.</summary>
internal sealed class OpenPolicy : IForwardPolicy
{
    public bool Allows(StreamKind kind, string target, out string whoForbade)
    {
        whoForbade = "";
        return true;
    }
}
