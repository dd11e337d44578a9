namespace Roam.Terminal;

/// <summary>
/// Modes that are known (ECMA-48; VT510, "Request Mode"; xterm ctlseqs) but cannot be changed here: what DECRQM says of them. Whatever is not listed is not recognised;
/// so are those that belong to the user's own terminal, such as xterm's 1036 (what Meta sends).
/// </summary>
internal static class FixedModes
{
    public static ModeReport OfAnsi(int mode) => mode switch
    {
        // SRM: nothing is echoed locally.
        12 => ModeReport.PermanentlySet,

        // GATM KAM CRM SRTM VEM HEM PUM FEAM FETM MATM TTM SATM TSM EBM. KAM too: a program that dies would leave the keyboard locked.
        1 or 2 or 3 or 5 or 7 or 10 or 11 or (>= 13 and <= 19) => ModeReport.PermanentlyReset,
        _ => ModeReport.NotRecognized,
    };

    public static ModeReport OfPrivate(int mode) => mode switch
    {
        // DECANM (never a VT52), DECARM (keys repeat), 1046 (the alternate screen is allowed).
        2 or 8 or 1046 => ModeReport.PermanentlySet,

        // DECSCLM, DECPFF, DECPEX, DECRLM, DECHEBM, DECHEM, DECTEK, DECNRCM, xterm's margin bell and logging.
        4 or 18 or 19 or 34 or 35 or 36 or 38 or 42 or 44 or 46 => ModeReport.PermanentlyReset,

        // DECNAKB DECIPEM DECKKDM DECHCCM DECVCCM DECPCCM DECKBUM DECXRLM DECSDM (no sixel) DECKPM.
        57 or 58 or 59 or 60 or 61 or 64 or 68 or 73 or 80 or 81 => ModeReport.PermanentlyReset,

        // DECRLCM DECCRTSM DECARSM DECMCM DECAAM DECCANSM DECNULM DECHDPXM DECESKM DECOSCNM.
        (>= 96 and <= 104) or 106 => ModeReport.PermanentlyReset,

        // xterm: scrolling to the bottom, eighth bit for Meta, selection and bell of the window, keyboards of other makers, sixel.
        1010 or 1011 or 1034 or (>= 1040 and <= 1043) or (>= 1050 and <= 1053) or 1060 or 1061 or 1070 or 8452 => ModeReport.PermanentlyReset,
        _ => ModeReport.NotRecognized,
    };
}
