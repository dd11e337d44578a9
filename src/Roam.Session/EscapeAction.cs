namespace Roam.Session;

internal enum EscapeAction
{
    /// <summary>The byte goes to the server.</summary>
    Send,

    /// <summary>The byte was kept: a command is being typed.</summary>
    Nothing,

    /// <summary>The escape key goes to the server, the byte does not.</summary>
    SendEscapeKey,

    /// <summary>The escape key, then the byte.</summary>
    SendBoth,
    Quit,
    Suspend,

    /// <summary>A line about forwardings is typed into the bar.</summary>
    Prompt,
}
