namespace Roam.Lab;

/// <summary>What the typist looks at: the reference and every client. A text stands there when all of them show it, and is gone when none does.</summary>
internal sealed class LiveScene(IReadOnlyList<TypedProgram> terminals) : ITypingScene
{
    private string _text = "";
    private int _showing = -1;

    public long LastOutputMicros => terminals.Max(t => t.LastOutputMicros);

    public bool HasEnded => terminals.All(t => t.HasEnded);

    public bool Shows(string text) => Showing(text) == terminals.Count;

    public bool Lacks(string text) => Showing(text) == 0;

    /// <summary>A screen has changed: what was found there holds no more.</summary>
    public void Changed() => _showing = -1;

    /// <summary>Looked for once between two changes: the typist asks every few milliseconds.</summary>
    private int Showing(string text)
    {
        if (_showing < 0 || _text != text)
        {
            _text = text;
            _showing = terminals.Count(t => t.Shows(text));
        }

        return _showing;
    }
}
