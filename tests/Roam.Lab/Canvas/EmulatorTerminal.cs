using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Our own emulator as the user's terminal. When it becomes lower it pushes rows out, and takes none back.</summary>
internal sealed class EmulatorTerminal(int width, int height) : ICanvasTerminal
{
    private readonly Emulator _emulator = new(width, height, new EmulatorOptions { HistoryLines = HistoryLog.LinesMax });

    public Screen Screen => _emulator.Screen;

    /// <summary>Rows in the scrollback.</summary>
    public ulong RowsAbove => _emulator.History!.Next;

    public void Write(ReadOnlySpan<byte> bytes) => _emulator.Write(bytes);

    public void Resize(int width, int height) => _emulator.Resize(width, height);

    public int CursorRow() => _emulator.Screen.Cursor.Row;

    public RowDetail Detail => RowDetail.All;

    public List<ShownRow> Rows() => RowsOf(_emulator);

    public void Dispose()
    {
    }

    public static List<ShownRow> RowsOf(Emulator emulator, RowDetail detail = RowDetail.All)
    {
        List<ShownRow> rows = [];
        PendingHistory lines = new();
        HistoryLog log = emulator.History!;
        ScreenTables tables = emulator.Screen.Tables;
        Cell[] cells = new Cell[Screen.SideMax];
        for (ulong number = 0; number < log.Next; number++)
        {
            if (!log.TryGet(number, out ReadOnlySpan<byte> record))
            {
                continue;
            }

            _ = lines.Append(number, record);
            HistoryLineHead head = lines.HeadAt(lines.Count - 1);
            Span<Cell> row = cells.AsSpan(0, head.Width);
            lines.Read(lines.Count - 1, tables, row);
            rows.Add(RowDescription.Of(row, tables, head.Wrapped, detail));
            lines.Commit(lines.Count);
        }

        for (int y = 0; y < emulator.Screen.Height; y++)
        {
            rows.Add(RowDescription.Of(emulator.Screen.CellsAt(y), tables, y < emulator.Screen.Height - 1 && emulator.Screen.RowAt(y).Wrapped, detail));
        }

        return rows;
    }
}
