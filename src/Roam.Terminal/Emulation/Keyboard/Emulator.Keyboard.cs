namespace Roam.Terminal;

/// <summary>
/// How the user's terminal is to send keys: kitty's keyboard protocol, xterm's modifyOtherKeys and formatOtherKeys. The terminal does it, not this one: unless it is known to
/// have them, they are ignored and questions stay unanswered. The state is in <see cref="ScreenModes"/>, to be sent on. A client that reads a diff takes whatever it says.
/// </summary>
public sealed partial class Emulator
{
    /// <summary>The flags that exist: disambiguate, event types, alternate keys, all keys, text.</summary>
    private const int KeyboardFlagsMask = 0b11111;

    /// <summary>The number of modifyOtherKeys and formatOtherKeys among xterm's key resources.</summary>
    private const int OtherKeys = 4;

    private const int ModifyOtherKeysMax = 3;
    private const int FormatOtherKeysMax = 1;

    private KeyboardFlagStack _keyboardStack = new();
    private KeyboardFlagStack _hiddenKeyboardStack = new();
    private byte _hiddenKeyboardFlags;

    private bool HasKittyKeyboard => _client.HasKittyKeyboard || !_options.AnswerQueries;

    private bool HasModifyOtherKeys => _client.HasModifyOtherKeys || !_options.AnswerQueries;

    private bool DispatchKeyboard(uint selector, in Parameters parameters)
    {
        switch (selector)
        {
            case Selector.Greater | 'u' when HasKittyKeyboard:
                _keyboardStack.Push(Screen.Modes.KeyboardFlags);
                Screen.Modes.KeyboardFlags = (byte)(parameters.ValueOr(0, 0) & KeyboardFlagsMask);
                return true;
            case Selector.Less | 'u' when HasKittyKeyboard:
                Screen.Modes.KeyboardFlags = _keyboardStack.Pop(parameters.CountOrPosition(0));
                return true;
            case Selector.EqualsSign | 'u' when HasKittyKeyboard:
                ChangeKeyboardFlags((byte)(parameters.ValueOr(0, 0) & KeyboardFlagsMask), parameters.CountOrPosition(1));
                return true;
            case Selector.Question | 'u' when HasKittyKeyboard:
                ReplyNumbers("\e[?"u8, Screen.Modes.KeyboardFlags, null, "u"u8);
                return true;
            case Selector.Greater | 'm' when HasModifyOtherKeys:
                Screen.Modes.ModifyOtherKeys = KeyResource(in parameters, Screen.Modes.ModifyOtherKeys, ModifyOtherKeysMax);
                return true;
            case Selector.Greater | 'f' when HasModifyOtherKeys:
                Screen.Modes.FormatOtherKeys = KeyResource(in parameters, Screen.Modes.FormatOtherKeys, FormatOtherKeysMax);
                return true;
            case Selector.Greater | 'n' when HasModifyOtherKeys && parameters.ValueOr(0, 0) == OtherKeys:
                Screen.Modes.ModifyOtherKeys = 0;
                return true;
            case Selector.Question | 'm' when HasModifyOtherKeys && parameters.ValueOr(0, 0) == OtherKeys:
                ReplyNumbers("\e[>"u8, OtherKeys, Screen.Modes.ModifyOtherKeys, "m"u8);
                return true;
            case Selector.Question | 'g' when HasModifyOtherKeys && parameters.ValueOr(0, 0) == OtherKeys:
                ReplyNumbers("\e[>"u8, OtherKeys, Screen.Modes.FormatOtherKeys, "f"u8);
                return true;
            default:
                return false;
        }
    }

    /// <summary>1 sets them all, 2 adds, 3 takes away.</summary>
    private void ChangeKeyboardFlags(byte flags, int how)
    {
        byte old = Screen.Modes.KeyboardFlags;
        Screen.Modes.KeyboardFlags = how switch
        {
            1 => flags,
            2 => (byte)(old | flags),
            3 => (byte)(old & ~flags),
            _ => old,
        };
    }

    /// <summary>XTMODKEYS, XTFMTKEYS: resource ; value. No value resets the resource, no parameter all of them. Other resources than "other keys" are the terminal's own affair.</summary>
    private static byte KeyResource(in Parameters parameters, byte old, int max)
    {
        int value = parameters.ValueOr(1, 0);
        bool isOurs = parameters.Count == 0 || parameters.ValueOr(0, 0) == OtherKeys;
        return isOurs && value <= max ? (byte)value : old;
    }

    /// <summary>The screens change places, and with each its keyboard.</summary>
    private void ExchangeKeyboards()
    {
        (_keyboardStack, _hiddenKeyboardStack) = (_hiddenKeyboardStack, _keyboardStack);
        (Screen.Modes.KeyboardFlags, _hiddenKeyboardFlags) = (_hiddenKeyboardFlags, Screen.Modes.KeyboardFlags);
    }

    private void ForgetHiddenKeyboard()
    {
        _hiddenKeyboardStack.Clear();
        _hiddenKeyboardFlags = 0;
    }

    /// <summary>A client came whose terminal cannot do what was asked of the last one.</summary>
    private void ForgetUnsupportedKeyboard()
    {
        if (!HasKittyKeyboard)
        {
            Screen.Modes.KeyboardFlags = 0;
            _keyboardStack.Clear();
            ForgetHiddenKeyboard();
        }

        if (!HasModifyOtherKeys)
        {
            Screen.Modes.ModifyOtherKeys = 0;
            Screen.Modes.FormatOtherKeys = 0;
        }
    }
}
