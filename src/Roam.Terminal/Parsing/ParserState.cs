namespace Roam.Terminal;

/// <summary>The states of Paul Williams' diagram (vt100.net/emu/dec_ansi_parser). CSI and DCS share the parameter states; the kind of string is kept beside.</summary>
internal enum ParserState : byte
{
    Ground,
    Escape,
    EscapeIntermediate,
    Entry,
    Parameter,
    Intermediate,
    Ignore,
    String,

    /// <summary>ESC came inside a string: a backslash ends it, anything else drops it.</summary>
    StringEscape,
}
