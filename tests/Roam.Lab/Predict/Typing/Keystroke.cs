namespace Roam.Lab;

/// <summary>What is typed at one moment: a character, a named key, or several characters at once as an input method commits them.</summary>
/// <param name="Name">For people: the character itself, or "Up".</param>
/// <param name="Bytes">What the keyboard sends; cursor keys as ESC [ A.</param>
/// <param name="Group">What it counts for.</param>
/// <param name="IsSecret">Typed where nobody is to see it.</param>
internal sealed record Keystroke(string Name, byte[] Bytes, TypingGroup Group, bool IsSecret)
{
    /// <summary>A cursor key, Home or End: three bytes whose second depends on DECCKM (xterm ctlseqs, "PC-Style Function Keys").</summary>
    private bool IsCursorKey => Bytes is [0x1B, (byte)'[', (>= (byte)'A' and <= (byte)'D') or (byte)'H' or (byte)'F'];

    /// <summary>As a terminal sends it that was asked for application cursor keys (DECCKM), or was not. A client's own terminal always was.</summary>
    public byte[] BytesFor(bool applicationCursorKeys) => applicationCursorKeys && IsCursorKey ? [0x1B, (byte)'O', Bytes[2]] : Bytes;
}
