namespace Roam.Lab;

/// <summary>What a line of a key script does.</summary>
internal enum KeyStepKind
{
    /// <summary>keys "text": typed at once, as one write. Cursor keys are written as ESC [ A and sent as the program has asked for (DECCKM).</summary>
    Keys,

    /// <summary>wait "text": until the screen shows it.</summary>
    Wait,

    /// <summary>gone "text": until the screen shows it no more.</summary>
    Gone,

    /// <summary>settle [MS]: until the program has been silent for so long.</summary>
    Settle,

    /// <summary>resize 100x30.</summary>
    Resize,

    /// <summary>mark NAME: a screen worth keeping.</summary>
    Mark,

    /// <summary>end: until the program has closed its terminal.</summary>
    End,
}
