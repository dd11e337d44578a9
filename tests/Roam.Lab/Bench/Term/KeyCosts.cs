using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>What a key costs the client: guessed, drawn over the newest screen, and judged by the echo that comes two keys later.</summary>
internal static class KeyCosts
{
    private const int LineLength = 60;
    private const int KeysInFlight = 2;

    public static IEnumerable<FrameCost> All()
    {
        yield return new("a key guessed, drawn, judged, by the rules of mosh 1.4", Typed(new StockPredictor(PredictionMode.Always, overwrite: false)));
        yield return new("a key guessed, drawn, judged", Typed(new PredictionEngine(PredictionMode.Always, overwrite: false)));
    }

    private static Action<int> Typed(IPredictor predictor)
    {
        const string prompt = "\e[?2004h$ ";
        Emulator remote = new(80, 24, new EmulatorOptions());
        remote.Write(Encoding.ASCII.GetBytes(prompt));
        byte[] enter = Encoding.ASCII.GetBytes("\e[?2004l\r\n" + prompt);
        ulong sent = KeysInFlight;
        return turns =>
        {
            for (int i = 0; i < turns; i++)
            {
                ReadOnlySpan<byte> key = KeyAt(sent);
                predictor.SetFrames(sent, sent - KeysInFlight, sent - KeysInFlight, sent);
                predictor.NewUserInput((long)sent * 1000, key, remote.Screen);
                sent++;
                Draw(predictor, remote, sent);
                ReadOnlySpan<byte> answered = KeyAt(sent - KeysInFlight - 1);
                remote.Write(answered[0] == '\r' ? enter : answered);
            }
        };
    }

    private static ReadOnlySpan<byte> KeyAt(ulong number) => number % LineLength == 0 ? "\r"u8 : "abcdefghijklmnopqrstuvwxyz"u8.Slice((int)(number % 26), 1);

    private static void Draw(IPredictor predictor, Emulator remote, ulong now)
    {
        Screen frame = remote.Screen.Snapshot();
        predictor.Overlay((long)now * 1000, frame);
        frame.Release();
    }
}
