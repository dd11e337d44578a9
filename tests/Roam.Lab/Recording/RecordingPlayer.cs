using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Plays a recording onto an emulator: output is written, sizes are taken over; input and markers change nothing.</summary>
internal sealed class RecordingPlayer(Recording recording)
{
    private int _next;

    public Emulator Emulator { get; } = new(recording.Header.Width, recording.Header.Height, new EmulatorOptions());

    /// <summary>How many events were played.</summary>
    public int Played => _next;

    /// <summary>Plays one event. False: there is none left.</summary>
    public bool Step(out RecordingEvent played)
    {
        if (_next == recording.Events.Count)
        {
            played = default;
            return false;
        }

        played = recording.Events[_next++];
        Apply(Emulator, played);
        return true;
    }

    public static void Apply(Emulator emulator, in RecordingEvent e)
    {
        if (e.Kind == RecordingEventKind.Output)
        {
            emulator.Write(e.Bytes);
            emulator.ClearReplies();
        }
        else if (e.Kind == RecordingEventKind.Resize)
        {
            (int width, int height) = e.Size;
            emulator.Resize(width, height);
        }
    }
}
