using System.Text;
using Roam.Lab;

namespace Roam.Tests.Lab;

/// <summary>The recorder with real programs on a real pty, driven by key scripts.</summary>
public sealed class RecorderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly StringWriter _error = new();

    [Fact]
    public void A_session_is_written_down_as_it_was()
    {
        const string script = """
            # a shell that reads lines
            wait "ready"
            keys "one\r"
            wait "got one"
            mark first
            resize 60x10
            keys "\xff\u{6C34}\r"
            wait "got "
            settle 50
            keys "size\r"
            wait "10 60"
            keys "end\r"
            end
            """;
        const string program = "echo ready; while read -r line; do [ $line = size ] && stty size; [ $line = end ] && exit; printf 'got %s\\n' $line; done";
        Assert.Equal(0, Record(script, "sh", "-c", program));
        Recording recording = Recording.Load(_file);
        Assert.Equal((80, 24, "xterm-256color"), (recording.Header.Width, recording.Header.Height, recording.Header.Term));
        Assert.Contains(recording.Events, e => e.Kind == RecordingEventKind.Input && e.Bytes.SequenceEqual<byte>([0xFF, 0xE6, 0xB0, 0xB4, (byte)'\r']));
        Assert.Contains(recording.Events, e => e.Kind == RecordingEventKind.Resize && e.Size == (60, 10));
        byte[] output = recording.Output;
        Assert.True(output.AsSpan().IndexOf((byte[])[.. "got "u8, 0xFF, 0xE6, 0xB0, 0xB4, .. "\r\n"u8]) > 0, Encoding.Latin1.GetString(output));
        string screens = RecordedScreens.Describe(recording);
        Assert.Contains("== first (", screens, StringComparison.Ordinal);
        Assert.Contains("== end (", screens, StringComparison.Ordinal);
        Assert.Contains("60x10 cursor ", screens, StringComparison.Ordinal);
    }

    [Fact]
    public void The_programs_queries_are_answered()
    {
        const string program = "stty raw -echo; printf '\\033[3;7H\\033[6n'; dd bs=1 count=6 2>/dev/null | tr '\\033' E";
        Assert.Equal(0, Record("end\n", "sh", "-c", program));
        Recording recording = Recording.Load(_file);
        Assert.Equal("\e[3;7R", Assert.Single(recording.Events, e => e.Kind == RecordingEventKind.Input).Text);
        Assert.EndsWith("E[3;7R", Encoding.UTF8.GetString(recording.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Cursor_keys_are_sent_as_the_program_has_asked_for()
    {
        const string program = "stty raw -echo; printf '\\033[?1hready'; dd bs=1 count=3 2>/dev/null | od -An -c";
        Assert.Equal(0, Record("wait \"ready\"\nkeys \"\\e[A\"\nend\n", "sh", "-c", program));
        Assert.Contains("033   O   A", Encoding.UTF8.GetString(Recording.Load(_file).Output), StringComparison.Ordinal);
    }

    /// <summary>The program ignores the hangup; the recorder must not leave it behind.</summary>
    [Fact]
    public void The_program_ends_with_the_recorder()
    {
        Assert.Equal(0, Record("wait \"pid\"\n", "sh", "-c", "trap '' HUP TERM; echo pid $$; while :; do sleep 1000; done"));
        string output = Encoding.UTF8.GetString(Recording.Load(_file).Output);
        Assert.False(Directory.Exists("/proc/" + output.Split("pid ")[1].Trim()), output);
    }

    [Fact]
    public void A_step_that_the_program_never_reaches_fails_and_what_was_recorded_stays()
    {
        Assert.Equal(1, Record("wait \"never\"\n", "echo", "something else"));
        Assert.Contains("line 1: wait \"never\": the program has ended. The screen:\n80x24 cursor 1,0\n  0|something else", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("something else\r\n", Encoding.UTF8.GetString(Recording.Load(_file).Output));
    }

    [Theory]
    [InlineData("keys no quotes")]
    [InlineData("keys \"\\q\"")]
    [InlineData("keys \"\\x1\"")]
    [InlineData("wait")]
    [InlineData("resize 80")]
    [InlineData("settle soon")]
    [InlineData("mark")]
    [InlineData("press x")]
    public void A_line_that_is_no_step_is_named(string line)
    {
        FormatException broken = Assert.Throws<FormatException>(() => KeyScript.Parse("# remark\n" + line));
        Assert.StartsWith("line 2: ", broken.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        File.Delete(_file);
        _error.Dispose();
    }

    private int Record(string script, params string[] program) =>
        RecordVerb.RunScripted(new RecordOptions { File = _file, Program = program }, KeyScript.Parse(script), _error);
}
