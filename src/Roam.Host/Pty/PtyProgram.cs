namespace Roam.Host;

/// <summary>What runs on a pty.</summary>
/// <param name="File">A path, or a name to look for in PATH.</param>
/// <param name="Arguments">The first is argv[0]; a login shell's begins with '-'.</param>
/// <param name="Environment">NAME=VALUE entries.</param>
/// <param name="WorkingDirectory">Null: this process's own.</param>
internal readonly record struct PtyProgram(string File, string[] Arguments, List<byte[]> Environment, string? WorkingDirectory);
