namespace Roam.Terminal;

/// <summary>
/// What a <see cref="Parser{THandler}"/> reports. The parser knows the shape of control functions, the handler their meaning; implement it as a struct,
/// so that the calls are compiled into the parser.
/// </summary>
internal interface IParserHandler
{
    /// <summary>A run of U+0020-7E, never empty.</summary>
    void PrintAscii(ReadOnlySpan<byte> run);

    /// <summary>Characters from U+00A0 on, with single U+0020-7E between them, never none; malformed UTF-8 comes as U+FFFD.</summary>
    void Print(ReadOnlySpan<int> codePoints);

    /// <summary>A C0 control other than ESC, CAN, SUB, NUL.</summary>
    void Execute(byte control);

    /// <summary>ESC with its final byte, or the C1 control of the same meaning.</summary>
    void DispatchEscape(uint selector);

    void DispatchCsi(uint selector, in Parameters parameters);

    /// <summary>A whole OSC string, without its introducer and terminator; an answer to it ends as it did (xterm ctlseqs), with BEL or with ST.</summary>
    void DispatchOsc(ReadOnlySpan<byte> text, bool endedByBell);

    /// <summary>The beginning of an OSC string that was too long, and counts for nothing.</summary>
    void RefuseOsc(ReadOnlySpan<byte> beginning);

    /// <summary>A whole DCS: selector and parameters as for CSI, and the data behind them.</summary>
    void DispatchDcs(uint selector, in Parameters parameters, ReadOnlySpan<byte> data);
}
