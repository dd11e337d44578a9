using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>`bench canvas`: bytes that go to the user's terminal for each line of history, and what drawing them costs.</summary>
internal static class CanvasBench
{
    private const int FloodLines = 1_000_000;

    public static int Run()
    {
        (int Width, int Height)[] sizes = [(80, 24), (200, 60)];
        Console.WriteLine($"{"bytes to the terminal a line (raw is text, SGR and CR LF)",-58} {"raw",8} {"80x24",8} {"200x60",8}");
        foreach (CanvasCase it in Cases())
        {
            Console.Write($"{it.Name,-58} {Raw(it),8:F1}");
            foreach ((int width, int height) in sizes)
            {
                Console.Write($" {BytesPerLine(it, width, height),8:F1}");
            }

            Console.WriteLine();
        }

        foreach ((int width, int height) in sizes)
        {
            Flood(width, height, "seq", i => i.ToString(CultureInfo.InvariantCulture));
            Flood(width, height, "log", LogLine);
        }

        return 0;
    }

    private static CanvasCase[] Cases() =>
    [
        new("listing, 1 line a frame", ListLine, 1000, 1, 0),
        new("listing, 10 lines a frame", ListLine, 1000, 10, 0),
        new("listing, 10 lines a frame, 40 lines late", ListLine, 1000, 10, 40),
        new("log, 1 line a frame, 5 lines late (worst case)", LogLine, 1000, 1, 5),
        new("flood of seq", i => i.ToString(CultureInfo.InvariantCulture), 20_000, 4000, 0),
        new("flood of log", LogLine, 20_000, 4000, 0),
    ];

    private static double Raw(CanvasCase it) => Enumerable.Range(0, it.Lines).Average(i => Encoding.UTF8.GetByteCount(it.Line(i)) + 2);

    private static double BytesPerLine(CanvasCase it, int width, int height)
    {
        CanvasFeed feed = new(width, height);
        _ = feed.Turn(0);
        long bytes = 0;
        ulong before = feed.Pending.Next;
        for (int i = 0; i < it.Lines; i += it.LinesPerFrame)
        {
            for (int j = 0; j < it.LinesPerFrame; j++)
            {
                feed.Print(it.Line(i + j));
            }

            bytes += feed.Turn(it.LinesLate);
        }

        return bytes / (double)(feed.Pending.Next - before);
    }

    private static void Flood(int width, int height, string name, Func<int, string> line)
    {
        const int piece = 4000;
        CanvasFeed feed = new(width, height);
        double drawing = 0;
        long bytes = 0;
        int largest = 0;
        for (int i = 0; i < FloodLines; i += piece)
        {
            for (int j = 0; j < piece; j++)
            {
                feed.Print(line(i + j));
            }

            feed.Receive(0);
            double start = ThreadTime.Seconds();
            bytes += feed.Draw(ref largest);
            drawing += ThreadTime.Seconds() - start;
        }

        Console.WriteLine(
            $"flood of {FloodLines} lines ({name}) at {width}x{height}: {drawing * 1e9 / FloodLines:F0} ns a line of drawing, {bytes / (double)FloodLines:F1} bytes a line, largest update {largest} bytes");
    }

    private static string ListLine(int i) =>
        $"-rw-r--r-- 1 user {i % 9999,4} \e[{31 + (i % 6)}mfile-{i}.txt\e[m";

    private static string LogLine(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"2026-01-02T03:04:{i % 60:00}.{i % 1000:000}Z \e[33mWARN\e[m server[{i}]: request took {i % 777} ms, retrying");
}
