using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>What a long row of kept states weighs: each frame of a session is a snapshot that shares the rows that did not change.</summary>
internal static class KeptStates
{
    private const int Count = 1000;
    private const int Width = 200;
    private const int Height = 60;

    public const string Name = "1,000 kept states at 200x60";

    public static void Measure()
    {
        Keep("a key typed in each", i => $"{(char)('a' + (i % 26))}");
        Keep("a line scrolled in by each", i => $"\r\nline {i} of a log {new string('x', i % 150)}");
        Keep("five rows drawn anew in each", i => string.Concat(Enumerable.Range(0, 5).Select(k => $"\e[{1 + ((i + (k * 11)) % Height)};1Hrow {i} {k} {new string('=', 150)}")));
    }

    private static void Keep(string what, Func<int, string> output)
    {
        byte[][] frames = [.. Enumerable.Range(0, Count).Select(i => Encoding.UTF8.GetBytes(output(i)))];
        Collect();
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        Emulator emulator = new(Width, Height, new EmulatorOptions());
        emulator.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Height).Select(y => $"\r\nrow {y} {new string('-', 150)}"))));
        Screen[] kept = new Screen[Count];
        for (int i = 0; i < Count; i++)
        {
            emulator.Write(frames[i]);
            kept[i] = emulator.Screen.Snapshot();
        }

        Collect();
        heap = GC.GetTotalMemory(forceFullCollection: true) - heap;
        long privateKib = ProcessSample.Of(Environment.ProcessId).PrivateKib;
        GC.KeepAlive(kept);
        Console.WriteLine($"{Name + ", " + what,-60} {heap / 1e6,6:F1} MB heap, the whole process {privateKib / 1024.0,5:F1} MiB private");
    }

    private static void Collect() => GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
