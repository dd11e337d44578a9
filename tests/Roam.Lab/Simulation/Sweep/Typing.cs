namespace Roam.Lab;

/// <summary>How the user of a cell types.</summary>
internal enum Typing
{
    /// <summary>Gaps exponential, a mean of 250 ms.</summary>
    Prose,

    /// <summary>Bursts of 12 keys 80 ms apart, with pauses.</summary>
    Bursts,

    /// <summary>A key held down: one in 33 ms.</summary>
    Repeat,

    /// <summary>Gaps exponential, a mean of 1 s: under a program that draws by itself.</summary>
    Seldom,

    /// <summary>Starts a flood, looks at it for a while, stops it; then again.</summary>
    StartAndStop,
}
