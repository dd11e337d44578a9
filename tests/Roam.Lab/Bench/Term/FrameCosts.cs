using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>What a frame costs: taking a snapshot, comparing, writing the difference for the wire and for the user's terminal.</summary>
internal static class FrameCosts
{
    public static IEnumerable<FrameCost> All()
    {
        yield return new("snapshot, write, compare: 80x24, a character", EchoedCharacter(80, 24));
        yield return new("snapshot, write, compare: 200x60, a character", EchoedCharacter(200, 60));
        yield return new("snapshot and release: 80x24", SnapshotOnly(80, 24));
        yield return new("compare equal copies, no row shared: 80x24", CompareUnshared(80, 24));
        yield return new("wire diff: 80x24, a character", Diff(80, 24, i => $"{(char)('a' + (i % 26))}{(i % 70 == 69 ? "\r" : "")}"));
        yield return new("wire diff: 80x24, a line scrolled in", Diff(80, 24, i => $"\r\nline {i % 1000} of a log, like many others"));
        yield return new("wire diff: 80x24, every row changed", Diff(80, 24, Page));
        yield return new("terminal drawing: 80x24, a character", Paint(80, 24, i => $"{(char)('a' + (i % 26))}{(i % 70 == 69 ? "\r" : "")}"));
        yield return new("terminal drawing: 80x24, every row changed", Paint(80, 24, Page));
    }

    private static string Page(int turn)
    {
        StringBuilder page = new();
        for (int y = 1; y <= 24; y++)
        {
            page.Append($"\e[{y}H\e[3{(y + turn) % 8}m{turn % 1000,4} some text that changes with each turn {y * turn % 1000}\e[K");
        }

        return page.ToString();
    }

    private static Action<int> EchoedCharacter(int width, int height)
    {
        Emulator emulator = Filled(width, height);
        int turn = 0;
        return turns =>
        {
            int equal = 0;
            for (int i = 0; i < turns; i++)
            {
                Screen before = emulator.Screen.Snapshot();
                emulator.Write(turn++ % 40 == 0 ? "\r\n"u8 : "x"u8);
                equal += before.ContentEquals(emulator.Screen) ? 1 : 0;
                before.Release();
            }

            Expect(equal == 0);
        };
    }

    private static Action<int> SnapshotOnly(int width, int height)
    {
        Emulator emulator = Filled(width, height);
        return turns =>
        {
            for (int i = 0; i < turns; i++)
            {
                emulator.Screen.Snapshot().Release();
            }
        };
    }

    private static Action<int> CompareUnshared(int width, int height)
    {
        Emulator one = Filled(width, height);
        Emulator other = new(width, height, new EmulatorOptions { Tables = one.Screen.Tables });
        Fill(other);
        return turns =>
        {
            int equal = 0;
            for (int i = 0; i < turns; i++)
            {
                equal += one.Screen.ContentEquals(other.Screen) ? 1 : 0;
            }

            Expect(equal == turns);
        };
    }

    private static Action<int> Diff(int width, int height, Func<int, string> output)
    {
        ScreenDiff diff = new();
        return Changing(width, height, output, (from, to, destination) => diff.Write(from, to, destination));
    }

    private static Action<int> Paint(int width, int height, Func<int, string> output)
    {
        TerminalPainter painter = new(TerminalCapabilities.Default with { Colors = 256, TrueColor = true, BackColorErase = true });
        painter.Resize(width, height);
        return Changing(width, height, output, (_, to, destination) => painter.Paint(to, destination));
    }

    private static Action<int> Changing(int width, int height, Func<int, string> output, Action<Screen, Screen, IBufferWriter<byte>> draw)
    {
        const int frames = 1000;
        byte[][] outputs = [.. Enumerable.Range(0, frames).Select(i => Encoding.UTF8.GetBytes(output(i)))];
        Emulator emulator = Filled(width, height);
        ArrayBufferWriter<byte> destination = new(1 << 16);
        int turn = 0;
        return turns =>
        {
            long written = 0;
            for (int i = 0; i < turns; i++)
            {
                Screen before = emulator.Screen.Snapshot();
                emulator.Write(outputs[turn++ % frames]);
                destination.ResetWrittenCount();
                draw(before, emulator.Screen, destination);
                written += destination.WrittenCount;
                before.Release();
            }

            Expect(written > turns);
        };
    }

    private static Emulator Filled(int width, int height)
    {
        Emulator emulator = new(width, height, new EmulatorOptions());
        Fill(emulator);
        return emulator;
    }

    private static void Fill(Emulator emulator)
    {
        for (int y = 0; y < emulator.Screen.Height; y++)
        {
            emulator.Write(Encoding.ASCII.GetBytes($"\r\n\e[3{y % 8}mrow {y} has words in it, \e[0mand more of them"));
        }
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The bench did not do what it measures.");
        }
    }
}
