using System.Text;
using System.Text.Json;
using Roam.Lab;

namespace Roam.Tests.Lab;

/// <summary>The file format: asciicast v2, byte-exact.</summary>
public sealed class RecordingFormatTests
{
    [Fact]
    public void Any_bytes_come_back_as_they_were()
    {
        SeededRandom random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = random.NextBytes(random.Next(40));
            AssertComesBack(bytes);
            AssertComesBack([.. Encoding.UTF8.GetBytes("\e[31mé水🍵\r\n\t\"\\\u0085\u200d"), .. bytes]);
        }
    }

    [Theory]
    [InlineData("\"\\udce6\\udcb0\"", new byte[] { 0xE6, 0xB0 })]
    [InlineData("\"\\udced\\udca0\\udc80\"", new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData("\"\\udcff\\u001b\\u0085\"", new byte[] { 0xFF, 0x1B, 0xC2, 0x85 })]
    [InlineData("\"水\\t\\\"\\\\\"", new byte[] { 0xE6, 0xB0, 0xB4, 9, 0x22, 0x5C })]
    public void Whole_characters_stand_as_such_and_single_bytes_as_lone_surrogates(string quoted, byte[] bytes)
    {
        StringBuilder line = new();
        RecordingText.AppendQuoted(line, bytes);
        Assert.Equal(quoted, line.ToString());
    }

    [Fact]
    public void A_recording_is_json_lines_with_a_header_that_comes_back()
    {
        RecordingHeader header = new() { Width = 100, Height = 30, Timestamp = 7, Command = "less \"a b\"", Title = "less 590", Term = "xterm" };
        RecordingEvent[] events =
        [
            new(1_500_000, RecordingEventKind.Output, [0xE6, 0xB0]),
            RecordingEvent.OfText(1_500_001, RecordingEventKind.Resize, "80x24"),
            RecordingEvent.OfText(2_000_000, RecordingEventKind.Marker, "two words"),
        ];
        string text = string.Join('\n', [header.ToLine(), .. events.Select(e => Recording.ToLine(e)), ""]);
        foreach (string line in text.Split('\n').Where(l => l.Length > 0))
        {
            JsonDocument.Parse(line).Dispose();
        }

        Recording read = Recording.TryParse(text)!;
        Assert.Equal(header, read.Header);
        Assert.Equal(events.Select(e => (e.Micros, e.Kind, e.Text)), read.Events.Select(e => (e.Micros, e.Kind, e.Text)));
        Assert.Equal((80, 24), read.Events[1].Size);
    }

    [Fact]
    public void A_broken_line_is_named_and_raw_output_is_no_recording()
    {
        RecordingHeader header = new() { Width = 80, Height = 24 };
        FormatException broken = Assert.Throws<FormatException>(() => Recording.TryParse(header.ToLine() + "\n[0.1, \"o\", \"x\"]\n[0.2, \"o\", \"\\ud800\"]\n"));
        Assert.StartsWith("line 3: ", broken.Message, StringComparison.Ordinal);
        Assert.Null(Recording.TryParse("{ raw output }"));
        Assert.Null(Recording.TryParse("\e[31mraw"));
        Assert.Null(Recording.TryParse("{\"version\": 3}"));
    }

    [Theory]
    [InlineData("vim")]
    [InlineData("redraw")]
    [InlineData("htop")]
    public void The_benches_have_their_recordings_in_the_program(string name) => Assert.True(Recording.LoadEmbedded(name).Output.Length > 10_000);

    private static void AssertComesBack(byte[] bytes)
    {
        StringBuilder line = new();
        RecordingText.AppendQuoted(line, bytes);
        int position = 0;
        Assert.Equal(bytes, RecordingText.ReadQuoted(line.ToString(), ref position));
        Assert.Equal(line.Length, position);
    }
}
