using Roam.Transport;

namespace Roam.Host;

/// <summary>What the server's side lets a client do. This one allows everything; whoever has rules overrides it.</summary>
internal class ForwardPolicy
{
    public static readonly ForwardPolicy AllowAll = new();

    /// <summary>Asked before each connection and each listener. False: whoForbade is the subject of "... forbids it".</summary>
    public virtual bool Allows(StreamKind kind, string target, out string whoForbade)
    {
        whoForbade = "";
        return true;
    }
}
