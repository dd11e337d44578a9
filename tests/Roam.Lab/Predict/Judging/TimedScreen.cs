using Roam.Terminal;

namespace Roam.Lab;

/// <summary>A picture and since when it stands. The judge owns the snapshot.</summary>
internal readonly record struct TimedScreen(long Micros, Screen Screen);
