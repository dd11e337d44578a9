using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam`: a session elsewhere, or, without arguments, one on this machine.</summary>
internal static class RoamCommand
{
    private const string Examples = """

        Examples:
          roam                              a session on this machine, to try it out
          roam alice@example.org            log in there by ssh, then stay connected by UDP
          roam example.org top -d 5         run a program instead of a shell
          roam --ssh="ssh -p 2222" box      ssh listens on another port
          roam -p 60010:60020 box           the firewall lets these UDP ports through
          roam -a box                       always echo locally (slow link)

        In a session: Ctrl-^ . ends it, Ctrl-^ Ctrl-Z puts it aside, Ctrl-^ ^ types Ctrl-^.
        The far side needs roam or mosh, and UDP ports 60001 to 60999 open. More: man roam

        """;

    public static int Run(string[] arguments)
    {
        RoamCommandLine line = new();
        ParseResult result = line.Root.Parse(arguments);
        if (line.TryRead(result, arguments, out WrapperOptions options) && result.Action is null)
        {
            if (options.ShowVersion)
            {
                StandardStreams.Out(VersionText.Roam());
                return ExitCode.Success;
            }

            return Wrapper.Run(options);
        }

        using StringWriter output = new();
        using StringWriter error = new();
        return Answer(result, output, error);
    }

    /// <summary>Help, completion, or one line about what was wrong.</summary>
    private static int Answer(ParseResult result, StringWriter output, StringWriter error)
    {
        if (result.Action is ParseErrorAction || (result.Action is null && result.Errors.Count > 0))
        {
            StandardStreams.Error($"roam: {result.Errors[0].Message}\n" + "Try `roam --help`.\n");
            return ExitCode.Usage;
        }

        if (result.Action is HelpAction help)
        {
            help.MaxWidth = StandardStreams.TryGetWindowSize(out int width, out _) ? width : 100;
        }

        int code = result.Invoke(new InvocationConfiguration { Output = output, Error = error });
        if (result.Action is HelpAction && result.CommandResult.Command is RootCommand)
        {
            output.Write(Examples);
        }

        StandardStreams.Out(output.ToString());
        StandardStreams.Error(error.ToString());
        return code;
    }
}
