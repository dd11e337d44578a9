namespace Roam.Terminal;

/// <summary>Mode 2026: what stands between the two is shown at once.</summary>
internal static class SynchronizedUpdate
{
    public static ReadOnlySpan<byte> Begin => "\e[?2026h"u8;

    public static ReadOnlySpan<byte> End => "\e[?2026l"u8;
}
