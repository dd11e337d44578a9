namespace Roam.Cli;

/// <summary>Is Roam there, and does it speak as this one does?</summary>
internal sealed class FarRoamCheck : FarCheck
{
    public override string Name => "roam";

    protected override Finding Judge(FarProbe far)
    {
        string path = far.Facts["roam"];
        string version = far.Facts["roamversion"];
        if (path.Length > 0)
        {
            return Finding.Ok($"{version}, {path}", ("path", path), ("version", version), ("usable", true));
        }

        string stranger = far.Facts["named"];
        return stranger.Length > 0
            ? Finding.Warning($"{stranger} is of another version, or another program", "Nothing to do: the first session puts a fitting one there (--install).", ("path", stranger), ("version", ""), ("usable", false))
            : Finding.Warning("not there yet", "Nothing to do: the first session puts it there (--install).", ("path", ""), ("version", ""), ("usable", false));
    }
}
