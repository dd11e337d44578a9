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

    private RecordedTyping(RecordedTyping like) => (Name, Width, Height) = (like.Name, like.Width, like.Height);

    public string Name { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Since the program's start.</summary>
    public IReadOnlyList<(long Micros, Keystroke Key)> Keys => _keys;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<RecordedAnswer> Answers => _answers;

    public long EndMicros { get; private set; }

    /// <summary>
    /// Typed by somebody in more or less of a hurry: gaps times the factor, but no key comes before what it was typed after. The program still takes its time after each key.
    /// </summary>
    public RecordedTyping Hurried(double factor)
    {
        RecordedTyping other = new(this);
        long from = 0;
        long to = 0;
        int answer = 0;
        for (int i = 0; i < _keys.Count; i++)
        {
            // The newest answer before this key, as long after the key before it as it was.
            long delay = 0;
            for (; answer < _answers.Count && _answers[answer].Key < i; answer++)
            {
                delay = _answers[answer].DelayMicros;
                other._answers.Add(_answers[answer] with { Micros = to + delay });
            }

            long gap = _keys[i].Micros - from;
            from = _keys[i].Micros;
            to += Math.Max(delay + 1, (long)(gap * factor));
            other._keys.Add((to, _keys[i].Key));
        }

        other._answers.AddRange(_answers.Skip(answer).Select(a => a with { Micros = to + a.DelayMicros }));
        other.EndMicros = Math.Max(to, other._answers.Count == 0 ? 0 : other._answers[^1].Micros);
        return other;
    }

    public static RecordedTyping Load(string file) => new(Path.GetFileNameWithoutExtension(file), Recording.Load(file));

    public static RecordedTyping From(string name, Recording recording) => new(name, recording);

    /// <summary>Those of a folder, by name; all when none is named.</summary>
    public static IReadOnlyList<RecordedTyping> In(string folder, IReadOnlyCollection<string> names) =>
        !Directory.Exists(folder) ? [] : [.. Directory.GetFiles(folder, "*.cast").Order(StringComparer.Ordinal)
            .Where(f => names.Count == 0 || names.Contains(Path.GetFileNameWithoutExtension(f))).Select(Load)];

    private RecordedAnswer Answer(in RecordingEvent e, (bool Canonical, bool Echo)? line) =>
        new(_keys.Count - 1, e.Micros, e.Micros - (_keys.Count == 0 ? 0 : _keys[^1].Micros), line is null ? e.Bytes : [], line);
}
