namespace Roam.Host;

/// <summary>Times of access and of modification since 1970, to the nanosecond.</summary>
internal readonly record struct FileTimes(long AccessSeconds, uint AccessNanos, long ModificationSeconds, uint ModificationNanos);
