namespace Roam.Session;

/// <summary>
/// Finds commands to the client in what is typed: the escape key, then '.' quits, Ctrl-Z suspends, the pass key sends the escape key itself, anything else sends both.
/// A printable escape key counts only at the start of a line (after CR, LF or a passed command, and at the beginning). Pure: one byte in, at most two out.
/// </summary>
internal sealed class EscapeKeys(EscapeKeySettings settings)
{
    private const byte CtrlZ = 0x1A;

    private bool _atLineStart = true;

    public byte Key => settings.Key;

    /// <summary>The escape key was typed and its second key is awaited: the bar shows help.</summary>
    public bool IsWaiting { get; private set; }

    public string HelpText { get; } = MakeHelp(settings);

    /// <summary>What the byte means. For <see cref="EscapeAction.SendBoth"/> the escape key goes out before the byte.</summary>
    public EscapeAction Next(byte key)
    {
        if (IsWaiting)
        {
            IsWaiting = false;
            return Second(key);
        }

        bool counts = settings.IsEnabled && key == settings.Key && (!settings.OnlyAfterLineStart || _atLineStart);
        _atLineStart = key is (byte)'\r' or (byte)'\n';
        if (counts)
        {
            IsWaiting = true;
            return EscapeAction.Nothing;
        }

        return EscapeAction.Send;
    }

    private EscapeAction Second(byte key)
    {
        if (key == '.')
        {
            return EscapeAction.Quit;
        }

        if (key == CtrlZ)
        {
            _atLineStart = true;
            return EscapeAction.Suspend;
        }

        _atLineStart = key is (byte)'\r' or (byte)'\n';
        return key == settings.PassKey || key == LowerPass ? EscapeAction.SendEscapeKey : EscapeAction.SendBoth;
    }

    /// <summary>Ctrl-B passes with B and with b.</summary>
    private byte LowerPass => settings.PassKey is >= (byte)'A' and <= (byte)'Z' && settings.Key < 0x20 ? (byte)(settings.PassKey + 0x20) : settings.PassKey;

    private static string MakeHelp(EscapeKeySettings settings)
    {
        if (!settings.IsEnabled)
        {
            return "";
        }

        string escape = NameOf(settings.Key);
        string pass = NameOf(settings.PassKey);
        return $"Commands: Ctrl-Z suspends, \".\" quits, \"{pass}\" gives literal {escape}";
    }

    public static string NameOf(byte key) => key switch
    {
        < 0x20 => $"Ctrl-{(char)(key + '@')}",
        0x7F => "Ctrl-?",
        _ => $"{(char)key}",
    };
}
