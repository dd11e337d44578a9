using Roam.Lab;

namespace Roam.Tests.Prediction.Typing;

/// <summary>A typist in made-up time before a screen that says what the test says.</summary>
internal sealed class Desk(string script, ulong seed = 1, double hurry = 1) : ITypingScene
{
    private long _nowMicros;

    public Typist Typist { get; } = new(WorkloadParser.Parse("test", script), seed, hurry);

    public List<(long Micros, Keystroke Key)> Typed { get; } = [];

    public string Text { get; set; } = "";

    public long LastOutputMicros => 0;

    public bool HasEnded { get; set; }

    public bool Shows(string text) => Text.Contains(text, StringComparison.Ordinal);

    public void PlayUntil(long micros)
    {
        while (!Typist.IsDone && _nowMicros < micros)
        {
            if (Typist.Turn(_nowMicros, this) is { } key)
            {
                Typed.Add((_nowMicros, key));
            }
            else
            {
                _nowMicros = Math.Min(micros, Math.Max(_nowMicros + 1, Typist.NextMicros));
            }
        }
    }
}
