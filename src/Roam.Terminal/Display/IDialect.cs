namespace Roam.Terminal;

/// <summary>What the reader of the drawn bytes understands. A struct, so that the painter is compiled for each dialect.</summary>
internal interface IDialect
{
    /// <summary>ECH.</summary>
    bool HasEraseCharacters { get; }

    /// <summary>EL.</summary>
    bool HasEraseLine { get; }

    /// <summary>EL 1.</summary>
    bool HasEraseLineStart { get; }

    /// <summary>ED.</summary>
    bool HasEraseDisplay { get; }

    /// <summary>ICH and DCH.</summary>
    bool HasInsertDelete { get; }

    /// <summary>REP.</summary>
    bool HasRepeat { get; }

    /// <summary>DECSTBM, and LF at the region's bottom scrolls the region.</summary>
    bool HasScrollRegion { get; }

    /// <summary>RI at the region's top scrolls it down.</summary>
    bool HasReverseScroll { get; }

    /// <summary>SD.</summary>
    bool HasScrollDown { get; }

    /// <summary>CUU, CUD, CUF, CUB.</summary>
    bool HasCursorMotion { get; }

    /// <summary>LF may be used to move down inside the screen. Not where wrapped rows must stay joined: several terminals part two rows at an LF from one to the other.</summary>
    bool MovesByLineFeed { get; }

    /// <summary>CHA, VPA.</summary>
    bool HasLineAddress { get; }

    /// <summary>DECTCEM.</summary>
    bool HasCursorVisibility { get; }

    /// <summary>DECSCUSR.</summary>
    bool HasCursorShape { get; }

    /// <summary>The reader may measure doubtful characters otherwise: rows that hold one are redrawn from it on (terminal.md section 4).</summary>
    bool RedrawsDoubtfulCells { get; }

    /// <summary>Printing in the last column of the last row scrolls (auto margins without the "newline glitch"): that cell is never printed.</summary>
    bool BottomRightScrolls { get; }

    /// <summary>An update of more than one row is shown at once or at least without the cursor: mode 2026, else DECTCEM.</summary>
    bool GuardsUpdates { get; }

    /// <summary>Mode 2026.</summary>
    bool HasSynchronizedOutput { get; }

    /// <summary>The reader is told which code points share a cell, where it could not know (<see cref="Emulator.ClusterOsc"/>).</summary>
    bool SpellsClusters { get; }

    /// <summary>A full drawing resets the modes of mouse, focus and paste, known or not.</summary>
    bool ResetsPrivateModes { get; }

    /// <summary>Put before titles.</summary>
    string TitlePrefix { get; }

    bool HasTitle { get; }

    /// <summary>OSC 52, for the clipboard only: whoever is told of all selections gets them by another way.</summary>
    bool HasClipboard { get; }

    /// <summary>OSC 8.</summary>
    bool HasLinks { get; }

    /// <summary>One column for this reader beyond doubt.</summary>
    bool IsNarrow(int codePoint);

    /// <summary>Two columns for this reader beyond doubt.</summary>
    bool IsWide(int codePoint);

    /// <summary>Whether EL, ECH, ED and scrolling leave cells of exactly this style while it is the pen.</summary>
    bool CanErase(in Style style);

    /// <summary>SGR that makes the pen this style: from a pen that is known to be <paramref name="from"/>, or from whatever it is.</summary>
    void WriteStyle(ref ByteSink sink, in Style from, bool isKnown, in Style to);
}
