namespace Roam.Host;

/// <summary>How a transfer ended. What became of the single files is in the tally.</summary>
public enum CopyOutcome
{
    /// <summary>Both ends have said that they are through.</summary>
    Complete,

    /// <summary>The program that leads to a far end could not be started; the tally's notes say why.</summary>
    NotStarted,

    /// <summary>A far end never spoke as one.</summary>
    NoFarEnd,

    /// <summary>The connection ended in the middle.</summary>
    Interrupted,

    /// <summary>A note said why nothing goes on.</summary>
    Stopped,
}
