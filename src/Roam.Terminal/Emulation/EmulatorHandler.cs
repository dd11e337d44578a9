namespace Roam.Terminal;

/// <summary>Hands the parser's calls to the emulator. A struct, so that the parser is compiled for it.</summary>
internal readonly struct EmulatorHandler(Emulator emulator) : IParserHandler
{
    public void PrintAscii(ReadOnlySpan<byte> run) => emulator.PrintAscii(run);

    public void Print(ReadOnlySpan<int> codePoints) => emulator.Print(codePoints);

    public void Execute(byte control) => emulator.Execute(control);

    public void DispatchEscape(uint selector) => emulator.DispatchEscape(selector);

    public void DispatchCsi(uint selector, in Parameters parameters) => emulator.DispatchCsi(selector, in parameters);

    public void DispatchOsc(ReadOnlySpan<byte> text, bool endedByBell) => emulator.DispatchOsc(text, endedByBell);

    public void RefuseOsc(ReadOnlySpan<byte> beginning) => emulator.RefuseOsc(beginning);

    public void DispatchDcs(uint selector, in Parameters parameters, ReadOnlySpan<byte> data) => emulator.DispatchDcs(selector, in parameters, data);
}
