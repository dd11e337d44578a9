namespace Roam.Cli;

/// <summary>One step of the doctor.</summary>
internal abstract class Check
{
    /// <summary>Stable: --json shows it, the manual page lists it.</summary>
    public abstract string Name { get; }

    /// <summary>Shown meanwhile, for what may take more than a second.</summary>
    public virtual string Progress => "";

    public abstract IEnumerable<Finding> Run(Examination examination);
}
