namespace Roam.Terminal;

/// <summary>The control strings of ECMA-48 5.6.</summary>
internal enum StringKind : byte
{
    /// <summary>APC, PM, SOS and DCS of unknown shape: consumed, not kept.</summary>
    Skipped,
    Osc,
    Dcs,
}
