namespace Roam.Session;

/// <summary>
/// The key that begins a command to the client itself. Parsed from MOSH_ESCAPE_KEY: one ASCII character, only after a line start if printable;
/// empty: none; not Ctrl-C, Ctrl-D, Ctrl-J (Ctrl-Enter), Ctrl-L or Ctrl-M (they would make the terminal unusable).
/// </summary>
public readonly record struct EscapeKeySettings
{
    /// <summary>Ctrl-^ (0x1E).</summary>
    public static readonly EscapeKeySettings Default = new() { Key = 0x1E, PassKey = (byte)'^' };

    public static readonly EscapeKeySettings None;

    /// <summary>0 = there is no escape key.</summary>
    public byte Key { get; private init; }

    /// <summary>The key that, after the escape key, sends the escape key itself.</summary>
    public byte PassKey { get; private init; }

    public bool IsEnabled => Key != 0;

    /// <summary>A printable key counts only at the start of a line.</summary>
    public bool OnlyAfterLineStart => Key is >= 0x20 and < 0x7F;

    /// <summary>False: the text is not a usable key and the caller says so; the settings are then the default.</summary>
    public static bool TryParse(string? text, out EscapeKeySettings settings)
    {
        settings = Default;
        if (text is null)
        {
            return true;
        }

        if (text.Length == 0)
        {
            settings = None;
            return true;
        }

        if (text.Length != 1 || text[0] is '\0' or > '\x7F' or '\x03' or '\x04' or '\n' or '\x0C' or '\r')
        {
            return false;
        }

        byte key = (byte)text[0];
        byte pass = key switch
        {
            < 0x20 => (byte)(key + '@'),
            0x7F => (byte)'?',
            _ => key,
        };
        settings = new EscapeKeySettings { Key = key, PassKey = pass };
        return true;
    }
}
