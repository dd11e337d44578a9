namespace Roam.Cli;

/// <summary>Which program this is.</summary>
internal sealed class VersionCheck : Check
{
    public override string Name => "version";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        string commit = BuildInfo.Commit.Length > 0 ? BuildInfo.Commit : "unknown";
        return [Finding.Ok($"roam {BuildInfo.Version} (commit {commit}), {OwnProgram.Path}", ("version", BuildInfo.Version), ("commit", commit), ("path", OwnProgram.Path))];
    }
}
