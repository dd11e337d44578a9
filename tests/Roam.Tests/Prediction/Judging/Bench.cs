using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Prediction.Judging;

/// <summary>A reference and a client made by hand: what either shows, and when.</summary>
internal sealed class Bench
{
    private readonly PredictionJudge _judge = new(roundTripMicros: 200_000);
    private readonly ReferenceScreen _reference;
    private readonly Emulator _client = new(20, 4, new EmulatorOptions());

    /// <summary>Both show this from the beginning.</summary>
    public Bench(string text)
    {
        _reference = new ReferenceScreen(20, 4, _judge);
        Program(0, text);
        Client(0, text);
    }

    public Bench Key(int millis, string key, bool isSecret = false, TypingGroup group = TypingGroup.Text)
    {
        _judge.Key(millis * 1000L, new Keystroke(key, Encoding.UTF8.GetBytes(key), group, isSecret));
        return this;
    }

    public Bench Program(int millis, string output)
    {
        _reference.Write(millis * 1000L, Encoding.UTF8.GetBytes(output));
        return this;
    }

    public Bench Client(int millis, string output)
    {
        _client.Write(Encoding.UTF8.GetBytes(output));
        _judge.Frame(millis * 1000L, _client.Screen);
        return this;
    }

    public IReadOnlyList<KeyVerdict> Judge() => _judge.Judge();

    public KeyVerdict First() => Judge()[0];
}
