using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>`bench term`: the emulator alone, in process, one thread, on generated output written in pieces. MB are 10^6 bytes; the best of some rounds,
/// in CPU time of the thread, so that other work on the machine counts less.</summary>
internal static class TerminalBench
{
    private const int Width = 80;
    private const int Height = 24;
    private const int InputLength = 1 << 20;
    private const int PieceLength = 64 << 10;
    private const int Rounds = 5;

    /// <summary>The kernel counts CPU time in ticks of 4 ms: long enough for one percent.</summary>
    private const double RoundSeconds = 0.4;
    private const int Turns = 200_000;

    public static int Run()
    {
        Measure("ASCII lines", Repeat("The quick brown fox jumps over the lazy dog, and then 0123456789 it jumps again.", "\r\n"));
        Measure("ASCII without line feeds", Repeat("The quick brown fox jumps over the lazy dog. ", ""));
        Measure("SGR every 16 characters", ColoredLines());
        Measure("CJK", Repeat("中文字符测试终端模拟器速度非常快漢字かな交じり文を表示する", "\r\n"));
        Measure("Latin with accents", Repeat("Voilà où l'élève a été: à l'école, près du château, déjà prêt à répéter. ", "\r\n"));
        MeasureFrames();
        return 0;
    }

    private static byte[] Repeat(string text, string end)
    {
        StringBuilder all = new();
        while (all.Length < InputLength / 2)
        {
            all.Append(text).Append(end);
        }

        return Encoding.UTF8.GetBytes(all.ToString());
    }

    private static byte[] ColoredLines()
    {
        StringBuilder all = new();
        int i = 0;
        while (all.Length < InputLength)
        {
            all.Append($"\e[0;{30 + (i % 8)}msixteen letters.");
            i++;
            all.Append(i % 5 == 0 ? "\r\n" : "");
        }

        return Encoding.UTF8.GetBytes(all.ToString());
    }

    private static void Measure(string name, byte[] input)
    {
        Emulator emulator = new(Width, Height, new EmulatorOptions());
        WriteAll(emulator, input);
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            best = Math.Max(best, BytesPerSecond(emulator, input));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        WriteAll(emulator, input);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        emulator.Screen.CheckIntegrity();
        Console.WriteLine($"{name,-28} {best / 1e6,8:F0} MB/s   {allocated} bytes allocated");
    }

    private static double BytesPerSecond(Emulator emulator, byte[] input)
    {
        double start = CpuSeconds();
        double seconds;
        long bytes = 0;
        do
        {
            WriteAll(emulator, input);
            bytes += input.Length;
            seconds = CpuSeconds() - start;
        }
        while (seconds < RoundSeconds);
        return bytes / seconds;
    }

    /// <summary>First number of /proc/thread-self/schedstat: nanoseconds on a CPU.</summary>
    private static double CpuSeconds()
    {
        string text = File.ReadAllText("/proc/thread-self/schedstat");
        return long.Parse(text.AsSpan(0, text.IndexOf(' ')), CultureInfo.InvariantCulture) * 1e-9;
    }

    private static void WriteAll(Emulator emulator, ReadOnlySpan<byte> input)
    {
        for (; !input.IsEmpty; input = input[Math.Min(PieceLength, input.Length)..])
        {
            emulator.Write(input[..Math.Min(PieceLength, input.Length)]);
        }
    }

    /// <summary>A keystroke's echo: snapshot, write a few bytes, compare, drop the snapshot.</summary>
    private static void MeasureFrames()
    {
        Emulator emulator = new(Width, Height, new EmulatorOptions());
        int equal = 0;
        Frames(emulator, Turns / 10, ref equal);
        double start = CpuSeconds();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Frames(emulator, Turns, ref equal);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        double nanos = (CpuSeconds() - start) / Turns * 1e9;
        Console.WriteLine($"{"snapshot, write, compare",-28} {nanos,8:F0} ns     {allocated} bytes allocated ({equal} equal)");
    }

    private static void Frames(Emulator emulator, int turns, ref int equal)
    {
        for (int i = 0; i < turns; i++)
        {
            Screen before = emulator.Screen.Snapshot();
            emulator.Write(i % 40 == 0 ? "\r\n"u8 : "x"u8);
            equal += before.ContentEquals(emulator.Screen) ? 1 : 0;
            before.Release();
        }
    }
}
