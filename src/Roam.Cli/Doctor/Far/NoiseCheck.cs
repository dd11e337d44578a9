namespace Roam.Cli;

/// <summary>What start files print when no terminal is there. It does not hinder Roam, but other programs.</summary>
internal sealed class NoiseCheck : FarCheck
{
    public override string Name => "start-files";

    protected override Finding Judge(FarProbe far) => far.Noise.Count == 0
        ? Finding.Ok("silent without a terminal", ("lines", 0))
        : Finding.Warning(
            $"they print without a terminal: \"{far.Noise[0]}\"",
            "Roam copes; scp and rsync do not. Print only when interactive: case $- in *i*) ...;; esac",
            ("lines", far.Noise.Count),
            ("first", far.Noise[0]));
}
