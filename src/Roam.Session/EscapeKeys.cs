namespace Roam.Session;

/// <summary>
/// Finds commands to the client in what is typed: the escape key, then '.' quits, Ctrl-Z suspends, 'f' opens a line for forwardings where there are any, the pass key sends the escape key itself, anything else sends both.
/// A printable escape key counts only at the start of a line (after CR, LF or a passed command, and at the beginning). Pure: one byte in, at most two out.
/// </summary>
internal sealed class EscapeKeys(EscapeKeySettings settings)
{
    private const byte CtrlZ = 0x1A;

    private const byte PromptKey = (byte)'f';

    private readonly string _help = MakeHelp(settings, offersForwards: false);
    private readonly string _longHelp = MakeHelp(settings, offersForwards: true);
    private bool _atLineStart = true;

    public byte Key => settings.Key;

    /// <summary>The escape key was typed and its second key is awaited: the bar shows help.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>The peer has channels. Without them 'f' is a key like others, as with mosh.</summary>
    public bool OffersForwards { get; set; }

    public string HelpText => OffersForwards ? _longHelp : _help;

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

        if (key == PromptKey && OffersForwards && !Passes(PromptKey))
        {
            _atLineStart = true;
            return EscapeAction.Prompt;
        }

        _atLineStart = key is (byte)'\r' or (byte)'\n';
        return Passes(key) ? EscapeAction.SendEscapeKey : EscapeAction.SendBoth;
    }

    private bool Passes(byte key) => Passes(settings, key);

    /// <summary>Ctrl-B passes with B and with b.</summary>
    private static bool Passes(EscapeKeySettings settings, byte key)
    {
        bool hasCases = settings.PassKey is >= (byte)'A' and <= (byte)'Z' && settings.Key < 0x20;
        return key == settings.PassKey || (hasCases && key == settings.PassKey + 0x20);
    }

    private static string MakeHelp(EscapeKeySettings settings, bool offersForwards)
    {
        if (!settings.IsEnabled)
        {
            return "";
        }

        string escape = NameOf(settings.Key);
        string pass = NameOf(settings.PassKey);
        string forwards = offersForwards && !Passes(settings, PromptKey) ? "\"f\" forwards ports, " : "";
        return $"Commands: Ctrl-Z suspends, \".\" quits, {forwards}\"{pass}\" gives literal {escape}";
    }

    public static string NameOf(byte key) => key switch
    {
        < 0x20 => $"Ctrl-{(char)(key + '@')}",
        0x7F => "Ctrl-?",
        _ => $"{(char)key}",
    };
}
