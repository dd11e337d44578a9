namespace Roam.Lab;

/// <summary>A terminal with scrollback to draw on, and what it shows.</summary>
internal interface ICanvasTerminal : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes);

    void Resize(int width, int height);

    /// <summary>0 = top.</summary>
    int CursorRow();

    RowDetail Detail { get; }

    /// <summary>Scrollback and screen from the oldest row to the bottom one.</summary>
    List<ShownRow> Rows();
}
