using System.Runtime.CompilerServices;

namespace Roam.Transport;

/// <summary>The frames of one datagram. One that has so many is full.</summary>
[InlineArray(Max)]
internal struct SentFrames
{
    internal const int Max = 4;

    private SentFrame _first;
}
