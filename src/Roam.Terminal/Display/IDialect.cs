namespace Roam.Terminal;

/// <summary>What the reader of the drawn bytes understands. A struct, so that the painter is compiled for each dialect.</summary>
internal interface IDialect
{
    /// <summary>ECH.</summary>
    bool HasEraseCharacters { get; }

    /// <summary>EL.</summary>
    bool HasEraseLine { get; }

    /// <summary>DECSTBM, and LF at the region's bottom scrolls the region.</summary>
    bool HasScrollRegion { get; }

    /// <summary>DECSCUSR.</summary>
    bool HasCursorShape { get; }

    /// <summary>Ideographs, kana and Hangul syllables are two columns for this reader beyond doubt.</summary>
    bool TrustsIdeographs { get; }

    /// <summary>The reader may measure doubtful characters otherwise: rows that hold one are redrawn from it on (terminal.md section 4).</summary>
    bool RedrawsDoubtfulCells { get; }

    /// <summary>Printing in the last column of the last row scrolls (auto margins without the "newline glitch"): that cell is never printed.</summary>
    bool BottomRightScrolls { get; }

    /// <summary>The cursor is hidden while more than one row is drawn.</summary>
    bool HidesCursorWhileDrawing { get; }

    /// <summary>Mode 2026 around the update of more than one row.</summary>
    bool HasSynchronizedOutput { get; }

    /// <summary>The reader is told which code points share a cell, where it could not know (<see cref="Emulator.ClusterOsc"/>).</summary>
    bool SpellsClusters { get; }

    /// <summary>Put before titles.</summary>
    string TitlePrefix { get; }

    bool HasTitle { get; }

    /// <summary>Whether EL, ECH, ED and scrolling leave cells of exactly this style while it is the pen.</summary>
    bool CanErase(in Style style);

    /// <summary>SGR that makes the pen this style, whatever it was.</summary>
    void WriteStyle(ref ByteSink sink, in Style style);
}
