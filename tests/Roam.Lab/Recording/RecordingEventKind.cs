namespace Roam.Lab;

/// <summary>The event codes of asciicast v2, by their letters.</summary>
internal enum RecordingEventKind
{
    Output = 'o',
    Input = 'i',
    Resize = 'r',
    Marker = 'm',
}
