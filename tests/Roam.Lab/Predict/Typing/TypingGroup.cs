namespace Roam.Lab;

/// <summary>What a key is for: the two are counted apart, since so much more can be known of text.</summary>
internal enum TypingGroup
{
    /// <summary>Shells, REPLs, line input, an editor's text.</summary>
    Text,

    /// <summary>Keys of a full-screen program: pagers, vi's normal mode, panels, menus.</summary>
    Command,
}
