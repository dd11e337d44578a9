namespace Roam.Cli;

/// <summary>A stock mosh-server is what is used where Roam may not be installed.</summary>
internal sealed class FarMoshCheck : FarCheck
{
    public override string Name => "mosh-server";

    protected override Finding Judge(FarProbe far)
    {
        string path = far.Facts["mosh"];
        string version = far.Facts["moshversion"];
        return path.Length > 0
            ? Finding.Ok($"{(version.Length > 0 ? version : "version unknown")}, {path}", ("path", path), ("version", version))
            : Finding.Ok("not there, and not needed", ("path", ""), ("version", ""));
    }
}
