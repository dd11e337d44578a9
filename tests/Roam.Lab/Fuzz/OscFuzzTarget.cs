namespace Roam.Lab;

/// <summary>Control strings only: titles, links, clipboard, DCS, odd ends, and lengths about the bounds.</summary>
internal sealed class OscFuzzTarget : IFuzzTarget
{
    private static readonly string[] Shapes =
    [
        "\e]", "\e]#", "\e];", "\e]0;", "\e]2;", "\e]8;;", "\e]8;id=#;", "\e]52;", "\e]52;c;", "\e]52;c", "\e]104", "\e]4;", "\e]5;", "\e]1#;", "\e]11#", "\e]7;file://", "\e]9;", "\e]9;4;", "\e]22;", "\e]52;p;", "\e]133;", "\e]777;notify;", "\e]1337;CurrentDir=/", "\eP+q", "rgb:#/#/#", "#fff",
        "gray#", "A", "D;#", "\e]-1;", "\e]99999999999;", "\eP", "\eP$q", "\eP#;#q", "\ePm", "\e_", "\e^",
        "\eX", "\u0090", "\u009d", "\u009f", "~", "~", "~", "QUJD", ";", ";;", "?", "=", "\a", "\a", "\e\\", "\e\\", "\u009c", "\x18", "\x1a", "\e[m", "\e", "\n", "\0", "\x7f", "ÂÂ",
    ];

    public string Name => "osc";

    public IReadOnlyList<byte[]> Seeds { get; } = TerminalInputGenerator.Seeds(Shapes);

    public byte[] Frame(byte[] output, SeededRandom random) => output;

    public void Run(ReadOnlySpan<byte> input) => ParserFuzzTarget.Check(input);
}
