namespace Roam.Lab;

/// <summary>The phases of a run.</summary>
internal enum SimPhase
{
    /// <summary>User, program and faults are busy.</summary>
    Active,

    /// <summary>The network has healed, everybody rests, both sides become equal.</summary>
    Settling,

    /// <summary>Nothing happens.</summary>
    Idle,

    /// <summary>The orderly end.</summary>
    Ending,
}
