using Roam.Transport;

namespace Roam.Session;

/// <summary>How the server's program ended. The default: it has not, or nobody knows.</summary>
/// <param name="IsKnown">The rest counts.</param>
/// <param name="Code">What it returned, 0 to 255.</param>
/// <param name="Signal">Which signal killed it, 1 to 127; 0: none.</param>
public readonly record struct ProgramEnd(bool IsKnown, int Code, int Signal)
{
    /// <summary>A shell's way to put a signal into a code.</summary>
    private const int SignalBase = 128;

    private const int CodeMask = 0xFF;
    private const int SignalMask = 0x7F;

    public static ProgramEnd Unknown => default;

    /// <summary>As a shell counts, and as this process returns it.</summary>
    public int ExitCode => Signal != 0 ? SignalBase + Signal : Code;

    internal ExitStatusMessage Message => new((uint)Code, (uint)Signal);

    public static ProgramEnd Exited(int code) => new(true, code & CodeMask, 0);

    public static ProgramEnd Killed(int signal) => new(true, 0, signal & SignalMask);

    /// <summary>Numbers that no system gives are cut as wait(2) would cut them.</summary>
    internal static ProgramEnd From(in ExitStatusMessage message) => (message.Signal & SignalMask) != 0 ? Killed((int)(message.Signal & SignalMask)) : Exited((int)(message.Code & CodeMask));
}
