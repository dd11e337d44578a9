namespace Roam.Cli;

/// <summary>--install: whether Roam is put on the far side.</summary>
internal enum InstallMode
{
    /// <summary>When no usable Roam is there; when it cannot be put there, mosh's server is used.</summary>
    Auto,

    /// <summary>Exactly this version's build, whatever else is there.</summary>
    Always,

    /// <summary>Roam where it is, else mosh's server.</summary>
    Never,

    /// <summary>Roam where it is, else nothing: for the verbs that only go on with something.</summary>
    Find,
}
