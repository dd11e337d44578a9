using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>
/// What a program sent to its terminal, what it was sent, and when: an asciicast v2 file (JSON lines: a header, then [seconds, kind, text]), byte-exact by
/// <see cref="RecordingText"/>. Each read of the pty is a line of its own, so that the cuts are the real ones.
/// </summary>
internal sealed record Recording(RecordingHeader Header, IReadOnlyList<RecordingEvent> Events)
{
    private const int MicrosPerSecond = 1_000_000;

    /// <summary>All output in one piece, for what does not care for sizes and markers.</summary>
    public byte[] Output => [.. Events.Where(e => e.Kind == RecordingEventKind.Output).SelectMany(e => e.Bytes)];

    public static Recording Load(string file) => TryParse(File.ReadAllText(file)) ?? throw new FormatException(file + " is not an asciicast v2 file");

    /// <summary>One of those that are part of the program: vim, redraw (the alternate screen, drawn whole nine times), htop.</summary>
    public static Recording LoadEmbedded(string name)
    {
        using Stream file = typeof(Recording).Assembly.GetManifestResourceStream(name + ".cast") ?? throw new FormatException($"no recording '{name}' in the program");
        using StreamReader reader = new(file);
        return TryParse(reader.ReadToEnd())!;
    }

    /// <summary>Null: no recording (but perhaps raw terminal output). A recording that is broken behind its header is an error that names the line.</summary>
    public static Recording? TryParse(string text)
    {
        string[] lines = text.Split('\n');
        if (RecordingHeader.TryParse(lines[0]) is not { } header)
        {
            return null;
        }

        List<RecordingEvent> events = [];
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length != 0)
            {
                events.Add(ParseEvent(lines[i], i + 1));
            }
        }

        return new Recording(header, events);
    }

    public static string ToLine(in RecordingEvent e)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"[{e.Micros / MicrosPerSecond}.{e.Micros % MicrosPerSecond:d6}, \"{(char)e.Kind}\", ");
        RecordingText.AppendQuoted(line, e.Bytes);
        return line.Append(']').ToString();
    }

    private static RecordingEvent ParseEvent(string line, int number)
    {
        try
        {
            int comma = line.IndexOf(',');
            double seconds = double.Parse(line.AsSpan(1, comma - 1), NumberStyles.Float, CultureInfo.InvariantCulture);
            int position = line.IndexOf('"');
            string kind = Encoding.UTF8.GetString(RecordingText.ReadQuoted(line, ref position));
            position = line.IndexOf('"', position);
            byte[] bytes = RecordingText.ReadQuoted(line, ref position);
            return new RecordingEvent((long)Math.Round(seconds * MicrosPerSecond), (RecordingEventKind)kind[0], bytes);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException($"line {number}: {e.Message}", e);
        }
    }
}
