using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Whole terminal output: no exception, every invariant holds, and the screen does not depend on how the input was cut.</summary>
internal sealed class ParserFuzzTarget : IFuzzTarget
{
    private static readonly ClientTerminal Knowing = new()
    {
        Foreground = Color.Rgb(1, 2, 3),
        Scheme = ColorScheme.Dark,
        CellWidth = 8,
        CellHeight = 16,
        HasKittyKeyboard = true,
        HasModifyOtherKeys = true,
    };

    public string Name => "parser";

    public IReadOnlyList<byte[]> Seeds { get; } = TerminalInputGenerator.Seeds(TerminalInputGenerator.Shapes);

    public byte[] Frame(byte[] output, SeededRandom random) => output;

    public void Run(ReadOnlySpan<byte> input) => Check(input);

    /// <summary>Writes the input whole and in pieces, with snapshots taken, changed sizes and table changes between, and compares.</summary>
    public static void Check(ReadOnlySpan<byte> input)
    {
        SeededRandom random = new(SeedOf(input));
        int width = 1 + random.Next(90);
        int height = 1 + random.Next(30);
        EmulatorOptions options = new() { HistoryLines = random.Next(20), AllowScreenReports = true, AllowClipboardQuery = random.Next(2) == 0 };
        ClientTerminal client = random.Next(2) == 0 ? ClientTerminal.Unknown : Knowing;
        Emulator whole = new(width, height, options) { Client = client };
        Emulator pieces = new(width, height, options) { Client = client };
        whole.Write(input);
        Screen snapshot = pieces.Screen.Snapshot();
        while (!input.IsEmpty)
        {
            int count = Math.Min(input.Length, 1 + random.Next((random.Next(2) == 0) ? 4 : 400));
            pieces.Write(input[..count]);
            input = input[count..];
            pieces.Screen.CheckIntegrity();
            if ((random.Next(4) == 0))
            {
                snapshot.CheckIntegrity();
                snapshot.Release();
                snapshot = pieces.Screen.Snapshot();
            }
        }

        whole.Screen.CheckIntegrity();
        Require(whole.Screen.ContentEquals(pieces.Screen), "the screen depends on how the input was cut");
        Require(whole.Screen.Pen == pieces.Screen.Pen && whole.Screen.Cursor == pieces.Screen.Cursor, "pen or cursor depends on how the input was cut");
        Require(whole.Screen.Extras == pieces.Screen.Extras, "what is said beside the picture depends on how the input was cut");
        Require(whole.Replies.SequenceEqual(pieces.Replies), "answers depend on how the input was cut");
        for (int y = 0; y < height; y++)
        {
            Require(whole.Screen.RowAt(y).Mark == pieces.Screen.RowAt(y).Mark, "a mark depends on how the input was cut");
        }

        whole.Client = ClientTerminal.Unknown;
        whole.Resize(1 + random.Next(100), 1 + random.Next(40));
        whole.Screen.CheckIntegrity();
        whole.FrameScreen.CheckIntegrity();
        whole.Write("\e[?1049l\e[?47htext\ec"u8);
        whole.Screen.CheckIntegrity();
    }

    /// <summary>FNV-1a: the choices beside the input depend on the input alone.</summary>
    private static ulong SeedOf(ReadOnlySpan<byte> input)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in input)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
