namespace Roam.Cli;

/// <summary>A check of what the far side told at the login.</summary>
internal abstract class FarCheck : Check
{
    public override IEnumerable<Finding> Run(Examination examination) => [examination.Far is { } far ? Judge(far) : Finding.Skipped("no login")];

    protected abstract Finding Judge(FarProbe far);
}
