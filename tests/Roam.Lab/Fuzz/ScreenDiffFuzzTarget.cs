using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Any program output: the diff between any two moments of it, applied to the first, gives the second; and what the painter draws is what the screen holds.
/// Input: width, height, where the second moment is (in 1/256 of the output), a byte of options (bit 0: a new size between; the rest: which profile), then the output.
/// </summary>
internal sealed class ScreenDiffFuzzTarget : IFuzzTarget
{
    private const int HeaderBytes = 4;
    private const int WidthMax = 90;
    private const int HeightMax = 30;
    private const int GeneratedSeeds = 500;

    private readonly DiffProperty _diff = new();

    public string Name => "diff";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Seed("$ ls\r\nfile1  file2\r\n$ vim x\x1b[?1049h\x1b[1;23r\x1b[?25l\x1b[2J\x1b[1;1Htext\x1b[24;1H\x1b[7m-- INSERT --\x1b[0m\x1b[3;4H"),
        Seed("日本語テキスト\r\n👍👩\u200D💻e\u0301\x1b[3D\x1b[K\x1b[2@x\x1b[1P\x1b[3X\x1b[5;5H한글\x1b[1;2r\n\n\n\x1b[r"),
        Seed("\x1b[31;1mred\x1b[48;5;17mblue\x1b[38;2;1;2;3mrgb\x1b[4:3m\x1b[58:2::1:2:3mcurl\x1b[2;9;53mx\x1b[44m\x1b[2K\x1b[J\x1b[0m"),
        Seed("\x1b]0;title\a\x1b]52;c;aGVsbG8=\a\a\a\x1b[?1000;1006;1004;2004;5h\x1b[4 q\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\x1b[?1003l"),
        Seed("one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\n\x1b[2;5r\x1b[5;1H\n\n\x1bM\x1bM\x1b[3L\x1b[2M\x1b[2S\x1b[1T\x1b[?6h\x1b[4hins\x1b[4l\x1b7\x1b8\x1b#8"),
        Seed("\x0elqqk\x0f\x1b(0x\x1b(B\x1b[?69h\x1b[3;20s\n\x1b[2;2H\x1b[5b\x1b[1\"qp\x1b[?7labcdefghijklmnop\x1b[?7h\tx\x1b[2I\x1b[Z"),
        .. TerminalInputGenerator.Seeds(TerminalInputGenerator.Shapes).Take(GeneratedSeeds).Select((output, i) => Framed(output, new SeededRandom((ulong)i))),
    ];

    public byte[] Frame(byte[] output, SeededRandom random) => Framed(output, random);

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeaderBytes)
        {
            return;
        }

        Emulator program = new(1 + (input[0] % WidthMax), 1 + (input[1] % HeightMax), new EmulatorOptions());
        ReadOnlySpan<byte> output = input[HeaderBytes..];
        int split = output.Length * input[2] / 256;
        program.Write(output[..split]);
        Screen from = program.Screen.Snapshot();
        PaintProperty terminal = new(PaintProperty.Profiles[(input[3] >> 1) % PaintProperty.Profiles.Count].Capabilities, from.Width, from.Height);
        terminal.Check(from);
        if ((input[3] & 1) != 0)
        {
            program.Resize(1 + (input[3] % WidthMax), 1 + (input[2] % HeightMax));
        }

        program.Write(output[split..]);
        program.Screen.CheckIntegrity();
        _diff.Check(from, program.Screen);
        terminal.Check(program.Screen);
        from.Release();
    }

    private static byte[] Framed(byte[] output, SeededRandom random) => [.. random.NextBytes(HeaderBytes), .. output];

    private static byte[] Seed(string output) => [39, 9, 128, 0, .. Encoding.UTF8.GetBytes(output)];
}
