namespace Roam.Terminal;

/// <summary>
/// Names a control function in one number: private prefix (bits 24-31), first of two intermediates (16-23), the last intermediate (8-15), final byte (0-7).
/// Constants to combine in a case label: <c>Selector.Question | 'h'</c> is CSI ? h, <c>Selector.Space | 'q'</c> is CSI SP q.
/// </summary>
internal static class Selector
{
    public const uint Question = (uint)'?' << 24;
    public const uint Greater = (uint)'>' << 24;
    public const uint Less = (uint)'<' << 24;
    public const uint EqualsSign = (uint)'=' << 24;
    public const uint Space = (uint)' ' << 8;
    public const uint Exclamation = (uint)'!' << 8;
    public const uint Hash = (uint)'#' << 8;
    public const uint Dollar = (uint)'$' << 8;
    public const uint Quote = (uint)'"' << 8;
    public const uint Ampersand = (uint)'&' << 8;
    public const uint Apostrophe = (uint)'\'' << 8;
    public const uint OpenParenthesis = (uint)'(' << 8;
    public const uint CloseParenthesis = (uint)')' << 8;
    public const uint Asterisk = (uint)'*' << 8;
    public const uint Plus = (uint)'+' << 8;

    private const uint IntermediatesMask = 0x00FFFF00;

    /// <summary>More than two intermediates name nothing; false and the sequence is to be ignored.</summary>
    public static bool TryAddIntermediate(ref uint selector, byte intermediate)
    {
        if ((selector & 0x00FF0000) != 0)
        {
            return false;
        }

        uint intermediates = ((selector & IntermediatesMask) << 8) | ((uint)intermediate << 8);
        selector = (selector & ~IntermediatesMask) | (intermediates & IntermediatesMask);
        return true;
    }
}
