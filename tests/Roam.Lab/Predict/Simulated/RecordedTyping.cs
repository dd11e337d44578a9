namespace Roam.Lab;

/// <summary>A recorded typing session by its causes: what was typed when, and what the program did how long after which key.</summary>
internal sealed class RecordedTyping
{
    private readonly List<(long Micros, Keystroke Key)> _keys = [];
    private readonly List<RecordedAnswer> _answers = [];

    private RecordedTyping(string name, Recording recording)
    {
        Name = name;
        Width = recording.Header.Width;
        Height = recording.Header.Height;
        TypingGroup group = TypingGroup.Text;
        bool isSecret = false;
        foreach (RecordingEvent e in recording.Events)
        {
            switch (e.Kind)
            {
                case RecordingEventKind.Input:
                    _keys.Add((e.Micros, new Keystroke(NamedKeys.NameOf(e.Bytes), e.Bytes, group, isSecret)));
                    break;
                case RecordingEventKind.Output:
                    _answers.Add(Answer(e, null));
                    break;
                case RecordingEventKind.Marker when TypingMarks.TryReadLine(e.Text, out bool canonical, out bool echo):
                    _answers.Add(Answer(e, (canonical, echo)));
                    break;
                case RecordingEventKind.Marker:
                    group = e.Text switch { TypingMarks.Text => TypingGroup.Text, TypingMarks.Command => TypingGroup.Command, _ => group };
                    isSecret = e.Text switch { TypingMarks.SecretBegins => true, TypingMarks.SecretEnds => false, _ => isSecret };
                    break;
            }

            EndMicros = e.Micros;
        }
    }

    public string Name { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Since the program's start.</summary>
    public IReadOnlyList<(long Micros, Keystroke Key)> Keys => _keys;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<RecordedAnswer> Answers => _answers;

    public long EndMicros { get; }

    public static RecordedTyping Load(string file) => new(Path.GetFileNameWithoutExtension(file), Recording.Load(file));

    public static RecordedTyping From(string name, Recording recording) => new(name, recording);

    /// <summary>The tree's own recordings.</summary>
    public static string Folder => WorkingCopy.Find("tests", "Roam.Tests", "Prediction", "Recordings") ?? ".";

    /// <summary>Those of a folder, by name; all when none is named.</summary>
    public static IReadOnlyList<RecordedTyping> In(string folder, IReadOnlyCollection<string> names) =>
        !Directory.Exists(folder) ? [] : [.. Directory.GetFiles(folder, "*.cast").Order(StringComparer.Ordinal)
            .Where(f => names.Count == 0 || names.Contains(Path.GetFileNameWithoutExtension(f))).Select(Load)];

    private RecordedAnswer Answer(in RecordingEvent e, (bool Canonical, bool Echo)? line) =>
        new(_keys.Count - 1, e.Micros, e.Micros - (_keys.Count == 0 ? 0 : _keys[^1].Micros), line is null ? e.Bytes : [], line);
}
