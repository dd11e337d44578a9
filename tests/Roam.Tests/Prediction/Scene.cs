using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Prediction;

/// <summary>A client at one end of a slow link: keys are typed here, the program's answers are written to the remote screen by the test.</summary>
internal sealed class Scene
{
    private ulong _sent;
    private ulong _lateAcked;

    public Scene(PredictionMode mode = PredictionMode.Always, bool overwrite = false, int width = 20, int height = 4)
    {
        Remote = new Emulator(width, height, new EmulatorOptions());
        Engine = new StockPredictor(mode, overwrite);
    }

    public Emulator Remote { get; }

    public StockPredictor Engine { get; }

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

    /// <summary>Keys in one read; they travel in the next client state.</summary>
    public void Type(string keys)
    {
        Engine.SetFrames(_sent, 0, _lateAcked, _sent);
        Engine.NewUserInput(NowMicros, Encoding.UTF8.GetBytes(keys), Remote.Screen);
        _sent++;
    }

    /// <summary>The program's answer to all keys typed so far arrives.</summary>
    public void Answer(string output)
    {
        Remote.Write(output);
        _lateAcked = _sent;
    }

    /// <summary>The answer to the keys up to an earlier state arrives.</summary>
    public void AnswerTo(ulong behind, string output)
    {
        Remote.Write(output);
        _lateAcked = _sent - behind;
    }

    public void Wait(long millis) => NowMicros += millis * 1000;

    public void Link(long sendIntervalMillis) => Engine.SetLink(sendIntervalMillis);

    /// <summary>What the user sees: all rows up to the last one that is not blank.</summary>
    public string Look()
    {
        Frame = Remote.Screen.Snapshot();
        Engine.SetFrames(_sent, 0, _lateAcked, _sent);
        Engine.Overlay(NowMicros, Frame);
        Frame.CheckIntegrity();
        return Frame.AllText().TrimEnd('\n');
    }

    public (int Row, int Column) Cursor => (Frame.Cursor.Row, Frame.Cursor.Column);

    /// <summary>The columns of a row that are shown underlined.</summary>
    public int[] Underlined(int row) =>
        [.. Enumerable.Range(0, Frame.Width).Where(x => (Frame.Tables.Styles[Frame.CellsAt(row)[x].Style].Attributes & StyleAttributes.UnderlineMask) != 0)];
}
