using Roam.Host;

namespace Roam.Cli;

/// <summary>The folder of the control sockets: for `roam history`, and on the far side for sessions through ssh.</summary>
internal sealed class ControlCheck : Check
{
    public override string Name => "control";

    public override IEnumerable<Finding> Run(Examination examination) => SelfTest.TryControl(out string path, out string error)
        ? [Finding.Ok($"sockets in {path}", ("path", path))]
        : [Finding.Warning($"no control socket can be made{(path.Length > 0 ? " in " + path : "")}: {error}", "`roam history` will find no session that is served here. Make the folder writable for you alone (mode 700).", ("path", path))];
}
