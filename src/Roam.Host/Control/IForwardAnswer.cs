namespace Roam.Host;

/// <summary>What came of a line about forwardings; a far listener takes a round trip.</summary>
internal interface IForwardAnswer
{
    /// <summary>Null: it is not known yet.</summary>
    bool? IsGood { get; }

    /// <summary>Lines for the user, without the last end of line.</summary>
    string Text { get; }
}
