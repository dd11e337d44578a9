using Roam.Host;

namespace Roam.Cli;

/// <summary>
/// Gives the server's program a UTF-8 locale: this machine's own, else the one that the client sent with -l, else C.UTF-8.
/// mosh refuses to start in the last case; a missing locale is no reason to lock a person out.
/// </summary>
internal static class LocaleChoice
{
    private const string Fallback = "C.UTF-8";

    private static readonly string[] Deciding = ["LC_ALL", "LC_CTYPE", "LANG"];

    public static bool IsLocaleName(string name) => name is "LANG" or "LANGUAGE" || name.StartsWith("LC_", StringComparison.Ordinal);

    /// <summary>Sets this process's environment. additions is what the program must get beside it; notice is one line for the user, or empty.</summary>
    public static string[] Settle(IReadOnlyList<string> clientValues, out string notice)
    {
        notice = "";
        if (Locale.EnvironmentIsUtf8(out string ownEncoding))
        {
            return [];
        }

        string own = Described(ProcessEnvironment.Get);
        Dictionary<string, string?> before = [];
        foreach (string pair in clientValues)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = pair[..equals];
            before.TryAdd(name, ProcessEnvironment.Get(name));
            ProcessEnvironment.Set(name, pair[(equals + 1)..]);
        }

        if (clientValues.Count > 0 && Locale.EnvironmentIsUtf8(out _))
        {
            return [.. clientValues];
        }

        string theirs = clientValues.Count == 0 ? "none sent" : string.Join(", ", clientValues);
        foreach ((string name, string? value) in before)
        {
            Restore(name, value);
        }

        string[] fallback = SetFallback();
        notice = $"no UTF-8 locale is installed for this session (here: {own}, encoding {ownEncoding}; the client's: {theirs}). Using {Fallback}.";
        return fallback;
    }

    /// <summary>LC_ALL, where set, beats LC_CTYPE: then it must be replaced. Else the other categories keep what they have.</summary>
    private static string[] SetFallback()
    {
        string name = string.IsNullOrEmpty(ProcessEnvironment.Get("LC_ALL")) ? "LC_CTYPE" : "LC_ALL";
        ProcessEnvironment.Set(name, Fallback);
        return [$"{name}={Fallback}"];
    }

    private static void Restore(string name, string? value)
    {
        if (value is null)
        {
            ProcessEnvironment.Unset(name);
        }
        else
        {
            ProcessEnvironment.Set(name, value);
        }
    }

    private static string Described(Func<string, string?> get)
    {
        string set = string.Join(", ", Deciding.Where(n => !string.IsNullOrEmpty(get(n))).Select(n => $"{n}={get(n)}"));
        return set.Length > 0 ? set : "none set";
    }
}
