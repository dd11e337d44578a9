using System.Text;

namespace Roam.Lab;

/// <summary>Writes a recording while it happens: each line is in the file at once, so that a recording that is cut short is still one.</summary>
internal sealed class RecordingWriter : IDisposable
{
    private readonly StreamWriter _file;
    private readonly long _startNanos = MonotonicClock.Nanos;

    public RecordingWriter(string file, RecordingHeader header)
    {
        _file = new StreamWriter(file, append: false, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
        _file.WriteLine(header.ToLine());
    }

    public void Add(RecordingEventKind kind, ReadOnlySpan<byte> bytes) => _file.WriteLine(Recording.ToLine(new RecordingEvent(Micros(), kind, bytes.ToArray())));

    public void Add(RecordingEventKind kind, string text) => _file.WriteLine(Recording.ToLine(RecordingEvent.OfText(Micros(), kind, text)));

    public void Dispose() => _file.Dispose();

    private long Micros() => (MonotonicClock.Nanos - _startNanos) / 1000;
}
