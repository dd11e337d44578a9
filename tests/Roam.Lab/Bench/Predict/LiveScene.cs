namespace Roam.Lab;

/// <summary>What the typist looks at: the reference and every client. A text stands there when all of them show it, and is gone when none does.</summary>
/// <param name="terminals">The clients' and, last, the reference.</param>
/// <param name="roundTripMicros">So long after the program fell silent the clients do, too; their own drawing is not listened to, since a guess taken back is no output.</param>
internal sealed class LiveScene(IReadOnlyList<TypedProgram> terminals, long roundTripMicros) : ITypingScene
{
    private string _text = "";
    private int _showing = -1;

    public long LastOutputMicros => terminals[^1].LastOutputMicros + roundTripMicros;

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
