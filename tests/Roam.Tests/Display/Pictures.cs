using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Display;

/// <summary>Drawing and comparing pictures in tests.</summary>
internal static class Pictures
{
    public static string Diff(Screen from, Screen to)
    {
        ArrayBufferWriter<byte> bytes = new();
        new ScreenDiff().Write(from, to, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static string Initial(Screen to)
    {
        ArrayBufferWriter<byte> bytes = new();
        new ScreenDiff().WriteInitial(to, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static string Paint(this TerminalPainter painter, Screen to)
    {
        ArrayBufferWriter<byte> bytes = new();
        painter.Paint(to, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The screen after reading a diff, as a client does: on a copy whose scrolling region is the whole screen.</summary>
    public static Screen Apply(Screen from, string diff)
    {
        Screen copy = from.Snapshot();
        copy.MarginTop = 0;
        copy.MarginBottom = copy.Height - 1;
        Emulator reader = new(copy.Width, copy.Height, new EmulatorOptions { AnswerQueries = false });
        reader.Attach(copy);
        reader.Write(Encoding.UTF8.GetBytes(diff));
        copy.CheckIntegrity();
        return copy;
    }

    public static void AssertSame(Screen expected, Screen actual, string context)
    {
        for (int y = 0; y < expected.Height; y++)
        {
            if (!actual.RowEquals(y, expected, y))
            {
                Assert.Fail($"{context}: row {y}\nexpected {Describe(expected, y)}\nactual   {Describe(actual, y)}");
            }
        }

        Assert.True(expected.Modes == actual.Modes, $"{context}: modes {expected.Modes} != {actual.Modes}");
        Assert.True(expected.Cursor.Shape == actual.Cursor.Shape, $"{context}: cursor shape");
        Assert.Equal((expected.Cursor.Row, expected.Cursor.Column), (actual.Cursor.Row, actual.Cursor.Column));
    }

    public static string Readable(string bytes) => bytes.Replace("\x1b", "^[", StringComparison.Ordinal);

    private static string Describe(Screen screen, int y)
    {
        StringBuilder text = new();
        foreach (Cell cell in screen.CellsAt(y))
        {
            text.Append(cell.IsSpacer ? "." : cell.IsGrapheme ? screen.Tables.Graphemes[cell.Content] : new Rune(cell.Content).ToString());
            text.Append('{').Append(cell.Style).Append('}');
        }

        return text.ToString();
    }
}
