namespace Roam.Terminal;

/// <summary>How mouse events are written: the DEC private mode number, or the classic X10 bytes.</summary>
public enum MouseEncoding : ushort
{
    Classic = 0,
    Utf8 = 1005,
    Sgr = 1006,
    Urxvt = 1015,
    SgrPixels = 1016,
}
