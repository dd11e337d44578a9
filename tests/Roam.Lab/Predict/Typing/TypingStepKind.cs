namespace Roam.Lab;

/// <summary>What a line of a typing workload does.</summary>
internal enum TypingStepKind
{
    /// <summary>type "text", press NAMES, commit "text", secret "text": keystrokes at a person's pace.</summary>
    Keys,

    /// <summary>think MS: so long nothing is typed.</summary>
    Think,

    /// <summary>wait "text": until the screen shows it, and then a person's reaction time.</summary>
    Wait,

    /// <summary>gone "text": until the screen shows it no more, and then a person's reaction time.</summary>
    Gone,

    /// <summary>settle [MS]: until the program has been silent for so long.</summary>
    Settle,

    /// <summary>end: until the program has closed its terminal.</summary>
    End,
}
