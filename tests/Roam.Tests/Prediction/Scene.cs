using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>A client at one end of a slow link: keys are typed here, the program's answers are written to the remote screen by the test.</summary>
internal sealed class Scene
{
    private ulong _sent;
    private ulong _lateAcked;
    private ulong _screens = 1;

    public Scene(PredictionMode mode = PredictionMode.Always, bool overwrite = false, int width = 20, int height = 4)
        : this(new StockPredictor(mode, overwrite), width, height)
    {
    }

    public Scene(IPredictor engine, int width, int height)
    {
        Remote = new Emulator(width, height, new EmulatorOptions());
        Engine = engine;
    }

    public Emulator Remote { get; }

    public IPredictor Engine { get; }

    /// <summary>What the server says of its terminal; a stock server says nothing.</summary>
    public FarTerminal Far { get; set; }

    public long NowMicros { get; private set; } = 1_000_000_000;

    public Screen Frame { get; private set; } = null!;

    /// <summary>A scene in which the program has echoed a first character, so that the epoch is confirmed: "$ a".</summary>
    public static Scene AfterFirstEcho(PredictionMode mode = PredictionMode.Always, bool overwrite = false, int width = 20, int height = 4)
    {
        Scene scene = new(mode, overwrite, width, height);
        scene.Answer("$ ");
        scene.Type("a");
        scene.Answer("a");
        scene.Look();
        return scene;
    }

    /// <summary>A scene with Roam's own engine, of a usual size.</summary>
    public static Scene OfEngine(int width = 40, int height = 8) => new(new PredictionEngine(PredictionMode.Always, overwrite: false), width, height);

    /// <summary>Lines typed at a shell's prompt, each echoed, so that the prompt is known.</summary>
    public static Scene AtKnownPrompt(int width = 40, int height = 8, string prompt = "$ ")
    {
        const string edited = "\e[?2004h";
        Scene scene = OfEngine(width, height);
        scene.Answer(edited + prompt);
        for (int i = 0; i < 2; i++)
        {
            scene.Type("l");
            scene.Answer("l");
            scene.Look();
            scene.Type("\r");
            scene.Answer("\e[?2004l\r\n" + edited + prompt);
            scene.Look();
        }

        return scene;
    }

    /// <summary>Keys in one read; they travel in the next client state.</summary>
    public void Type(string keys)
    {
        Engine.SetFrames(_sent, 0, _lateAcked, _screens);
        Engine.SetFarTerminal(Far);
        Engine.NewUserInput(NowMicros, Encoding.UTF8.GetBytes(keys), Remote.Screen);
        _sent++;
    }

    /// <summary>The program's answer to all keys typed so far arrives.</summary>
    public void Answer(string output)
    {
        Remote.Write(output);
        _screens++;
        _lateAcked = _sent;
    }

    /// <summary>The answer to the keys up to an earlier state arrives.</summary>
    public void AnswerTo(ulong behind, string output)
    {
        Remote.Write(output);
        _screens++;
        _lateAcked = _sent - behind;
    }

    /// <summary>The same keys over and over, answered ten turns later, as a session would ask for frames between them.</summary>
    public static void Turn(IPredictor engine, ReadOnlySpan<byte> keys, Screen remote, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            engine.SetFrames((ulong)(100 + i), 0, (ulong)(90 + i), (ulong)i);
            engine.NewUserInput(i, keys, remote);
            Screen frame = remote.Snapshot();
            engine.Overlay(i, frame);
            frame.Release();
        }
    }

    public void Wait(long millis) => NowMicros += millis * 1000;

    public void Link(long sendIntervalMillis) => Engine.SetLink(sendIntervalMillis);

    /// <summary>What the user sees: all rows up to the last one that is not blank.</summary>
    public string Look()
    {
        Frame = Remote.Screen.Snapshot();
        Engine.SetFrames(_sent, 0, _lateAcked, _screens);
        Engine.SetFarTerminal(Far);
        Engine.Overlay(NowMicros, Frame);
        Frame.CheckIntegrity();
        return Frame.AllText().TrimEnd('\n');
    }

    public (int Row, int Column) Cursor => (Frame.Cursor.Row, Frame.Cursor.Column);

    /// <summary>The columns of a row that are shown underlined.</summary>
    public int[] Underlined(int row) =>
        [.. Enumerable.Range(0, Frame.Width).Where(x => (Frame.Tables.Styles[Frame.CellsAt(row)[x].Style].Attributes & StyleAttributes.UnderlineMask) != 0)];
}
