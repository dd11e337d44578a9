namespace Roam.Terminal;

/// <summary>What the program settled about the conversation itself. RIS resets it, DECSTR does not (VT510, table 5-6, knows none of it).</summary>
internal record struct ConversationModes
{
    /// <summary>The highest level there is here (VT420).</summary>
    public const int HighestLevel = 4;

    public static readonly ConversationModes Initial = new() { Level = HighestLevel };

    /// <summary>DECSCL: 1-4.</summary>
    public int Level { get; set; }

    /// <summary>Mode 2031: tell when the colour scheme changes.</summary>
    public bool SchemeReports { get; set; }

    /// <summary>Mode 2048: tell the size at each change.</summary>
    public bool SizeReports { get; set; }

    /// <summary>DECBKM (67): the backarrow key sends BS, not DEL.</summary>
    public bool BackarrowSendsBackspace { get; set; }
}
