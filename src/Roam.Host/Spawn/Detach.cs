namespace Roam.Host;

/// <summary>Leaves the calling terminal by starting this binary again in a session of its own (docs/adr/0009-spawn-and-detach.md).</summary>
public static class Detach
{
    /// <summary>argv[1] of the detached process. The entry point calls <see cref="RunChild"/> when it sees it, before anything else.</summary>
    public const string ChildVerb = "__serve";

    /// <summary>Starts the detached server and waits until it is ready to be spoken to. False: error says why. The endpoint stays the caller's to dispose.</summary>
    public static bool TryStart(ServerEndpoint endpoint, ServerHostOptions options, out int pid, out string error)
    {
        pid = 0;
        error = "not started";
        return false;
    }

    /// <summary>The detached process: takes socket, key and options from its descriptors and serves. Returns the exit code.</summary>
    public static int RunChild()
    {
        return 1;
    }
}
