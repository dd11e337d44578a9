using System.Runtime.CompilerServices;

namespace Roam.Transport;

/// <summary>One for each <see cref="StreamSlot"/>.</summary>
[InlineArray(Count)]
internal struct StreamLinks
{
    internal const int Count = 4;

    private StreamLink _first;
}
