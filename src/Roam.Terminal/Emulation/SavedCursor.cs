namespace Roam.Terminal;

/// <summary>What DECSC keeps (DEC STD 070: position, rendition, protection, charsets, origin mode, and the last-column flag). The default is what DECRC finds if nothing was saved.</summary>
internal readonly record struct SavedCursor(int Row, int Column, bool PendingWrap, Style Pen, bool Origin, bool Protects, CharsetState Charsets);
