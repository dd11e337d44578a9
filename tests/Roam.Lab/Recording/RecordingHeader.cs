using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Roam.Lab;

/// <summary>The first line of a recording: that of asciicast v2.</summary>
internal sealed record RecordingHeader
{
    private const int FormatVersion = 2;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long Timestamp { get; init; }

    /// <summary>The command line as a person would type it.</summary>
    public string Command { get; init; } = "";

    /// <summary>The program and its version.</summary>
    public string Title { get; init; } = "";

    public string Term { get; init; } = "";

    public string ToLine()
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("version", FormatVersion);
            json.WriteNumber("width", Width);
            json.WriteNumber("height", Height);
            json.WriteNumber("timestamp", Timestamp);
            json.WriteString("title", Title);
            json.WriteString("command", Command);
            json.WriteStartObject("env");
            json.WriteString("TERM", Term);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Null: the line does not begin an asciicast file of version 2.</summary>
    public static RecordingHeader? TryParse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != FormatVersion)
            {
                return null;
            }

            return new RecordingHeader
            {
                Width = root.GetProperty("width").GetInt32(),
                Height = root.GetProperty("height").GetInt32(),
                Timestamp = root.TryGetProperty("timestamp", out JsonElement timestamp) ? timestamp.GetInt64() : 0,
                Command = TextOf(root, "command"),
                Title = TextOf(root, "title"),
                Term = root.TryGetProperty("env", out JsonElement environment) ? TextOf(environment, "TERM") : "",
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
