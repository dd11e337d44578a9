using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>One line of a recording.</summary>
/// <param name="Micros">Since the start.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Bytes">Output and input as they were; the new size as "100x30"; a marker's name.</param>
internal readonly record struct RecordingEvent(long Micros, RecordingEventKind Kind, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public (int Width, int Height) Size => ParseSize(Text) ?? throw new FormatException($"'{Text}' is no size");

    public static RecordingEvent OfText(long micros, RecordingEventKind kind, string text) => new(micros, kind, Encoding.UTF8.GetBytes(text));

    /// <summary>"80x24"; null when the text is no such thing.</summary>
    public static (int Width, int Height)? ParseSize(string text)
    {
        string[] sides = text.Split('x');
        bool holds = sides.Length == 2 & int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            & int.TryParse(sides[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int height);
        return holds && width > 0 && height > 0 ? (width, height) : null;
    }
}
