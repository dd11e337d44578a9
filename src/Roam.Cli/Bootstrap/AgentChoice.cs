using Roam.Host;

namespace Roam.Cli;

/// <summary>Which agent a session may ask, from -A and ssh's ForwardAgent.</summary>
internal static class AgentChoice
{
    /// <summary>For the client: the path of the agent's socket. Unset: no agent is forwarded.</summary>
    public const string PathVariable = "ROAM_AGENT";

    private const string AgentVariable = "SSH_AUTH_SOCK";

    /// <summary>The path of its socket; null: none is forwarded. As with ssh, asking where no agent is forwards nothing, without a word.</summary>
    /// <param name="isAsked">-A was given: it stands over the configuration's no, and takes the usual agent unless the configuration names one.</param>
    /// <param name="configured">ForwardAgent, as `ssh -G` prints it.</param>
    /// <param name="get">Reads the environment.</param>
    public static string? PathOf(bool isAsked, string? configured, Func<string, string?> get)
    {
        string? path = configured switch
        {
            null or "" or "no" or "false" => isAsked ? get(AgentVariable) : null,
            "yes" or "true" => get(AgentVariable),
            ['$', .. string name] => get(name.StartsWith('{') && name.EndsWith('}') ? name[1..^1] : name),
            ['~', '/', .. string rest] => get("HOME") + "/" + rest,
            _ => configured,
        };
        return string.IsNullOrEmpty(path) ? null : path;
    }

    public static string? PathOf(bool isAsked, string? configured) => PathOf(isAsked, configured, ProcessEnvironment.Get);
}
