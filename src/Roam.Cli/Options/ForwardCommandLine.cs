using System.CommandLine;

namespace Roam.Cli;

/// <summary>The words of `roam forward`; a test holds the manual page to them.</summary>
internal sealed class ForwardCommandLine : Command
{
    private readonly Option<string?> _session = new("--session") { HelpName = "CLIENT", Description = "Which client: its process id. Default: the only one." };
    private readonly Option<string[]> _local = Several("-L", "[BIND:]PORT:HOST:PORT", "Listen here, connect from the far side; also udp:, and paths of sockets.");
    private readonly Option<string[]> _remote = Several("-R", "[BIND:]PORT:HOST:PORT", "Listen on the far side, connect from here.");
    private readonly Option<string[]> _dynamic = Several("-D", "[BIND:]PORT", "Listen here for SOCKS, connect from the far side.");
    private readonly Option<string[]> _remove = Several("--remove", "PORT", "End the forwarding that listens there; as -L8080, -R8080, -D1080 only one of that kind.", "--cancel");
    private readonly Option<bool> _list = new("--list") { Description = "Say which there are (default)." };

    public ForwardCommandLine()
        : base("forward", "Adds, lists and removes forwardings of a session that is running, on the machine of its client.")
    {
        Options.Add(_session);
        Options.Add(_local);
        Options.Add(_remote);
        Options.Add(_dynamic);
        Options.Add(_remove);
        Options.Add(_list);
    }

    public bool IsAsked(ParseResult result) => result.Errors.Count == 0 && result.Action is null && ReferenceEquals(result.CommandResult.Command, this);

    public string? Session(ParseResult result) => result.GetValue(_session);

    /// <summary>What is to be said to the client, in the order: remove, add, list.</summary>
    public List<string> Lines(ParseResult result)
    {
        List<string> lines = [];
        foreach (string what in result.GetValue(_remove) ?? [])
        {
            lines.Add(what is ['-' or 'L' or 'R' or 'D', ..] ? $"-K{what.TrimStart('-')}" : $"-K {what}");
        }

        Add(lines, "-L ", result.GetValue(_local));
        Add(lines, "-R ", result.GetValue(_remote));
        Add(lines, "-D ", result.GetValue(_dynamic));
        if (result.GetValue(_list) || lines.Count == 0)
        {
            lines.Add("list");
        }

        return lines;
    }

    private static void Add(List<string> lines, string letter, string[]? specs)
    {
        foreach (string spec in specs ?? [])
        {
            lines.Add(letter + spec);
        }
    }

    private static Option<string[]> Several(string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = valueName, Description = description, Arity = ArgumentArity.OneOrMore };
}
