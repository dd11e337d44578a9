using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>A diff applied to the older screen gives exactly the newer one, read as a client reads it.</summary>
internal sealed class DiffProperty
{
    private readonly ScreenDiff _diff = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The newest diff.</summary>
    public ReadOnlySpan<byte> Diff => _bytes.WrittenSpan;

    /// <summary>Throws when it does not hold. Neither screen is changed.</summary>
    public void Check(Screen from, Screen to)
    {
        _bytes.ResetWrittenCount();
        _diff.Write(from, to, _bytes);
        Screen copy = from.Snapshot();
        Emulator reader = new(copy.Width, copy.Height, new EmulatorOptions { AnswerQueries = false });
        reader.Attach(copy);
        reader.Resize(to.Width, to.Height);
        (copy.MarginTop, copy.MarginBottom) = (0, copy.Height - 1);
        reader.Write(_bytes.WrittenSpan);
        copy.CheckIntegrity();
        if (!ScreenDiff.SamePicture(copy, to) || copy.Pen != to.Pen)
        {
            string readable = Encoding.UTF8.GetString(_bytes.WrittenSpan).Replace("\x1b", "^[", StringComparison.Ordinal);
            throw new InvalidOperationException($"The diff gives another screen: {readable}\nexpected\n{ScreenText.Describe(to)}\nbut it is\n{ScreenText.Describe(copy)}");
        }

        copy.Release();
    }
}
