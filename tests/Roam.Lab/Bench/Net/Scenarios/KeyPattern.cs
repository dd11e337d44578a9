namespace Roam.Lab;

internal enum KeyPattern
{
    /// <summary>Gaps of 250 ms on average, exponentially distributed: keys that know nothing of each other.</summary>
    Random,

    /// <summary>A word at a time: 12 keys 80 ms apart, then a pause of about a second.</summary>
    Bursts,
}
