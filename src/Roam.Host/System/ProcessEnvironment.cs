namespace Roam.Host;

/// <summary>environ(7) of this process, through libc: what a child or an exec inherits.</summary>
public static class ProcessEnvironment
{
    public static string? Get(string name) => null;

    public static void Set(string name, string value)
    {
    }

    public static void Unset(string name)
    {
    }

    /// <summary>Reads a variable, overwrites its bytes in place (ps e, /proc/PID/environ) and removes it.</summary>
    public static string? TakeSecret(string name) => null;

    /// <summary>All variables whose name begins so, as NAME=VALUE.</summary>
    public static string[] WithPrefix(string prefix) => [];
}
