using Roam.Transport;

namespace Roam.Host;

/// <summary>Asked by the server before it serves a stream.</summary>
internal interface IForwardPolicy
{
    /// <param name="kind">Of the stream.</param>
    /// <param name="target">As the peer wrote it.</param>
    /// <param name="whoForbade">For the user: who said so, and where.</param>
    bool Allows(StreamKind kind, string target, out string whoForbade);
}
