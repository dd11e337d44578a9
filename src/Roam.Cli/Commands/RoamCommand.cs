using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam`: a session elsewhere, or, without arguments, one on this machine.</summary>
internal static class RoamCommand
{
    private const int WidthWithoutTerminal = 100;

    /// <summary>The library wraps at any width, even 1: below this nothing can be read anyway.</summary>
    private const int WidthMin = 40;

    private const string Examples = """

        Examples:
          roam                              a session on this machine, to try it out
          roam alice@example.org            log in there by ssh, then stay connected by UDP
          roam example.org top -d 5         run a program instead of a shell
          roam --ssh="ssh -p 2222" box      ssh listens on another port
          roam -p 60010:60020 box           the firewall lets these UDP ports through
          roam -a box                       always echo locally (slow link)

        In a session: Ctrl-^ . ends it, Ctrl-^ Ctrl-Z puts it aside, Ctrl-^ f forwards ports, Ctrl-^ ^ types Ctrl-^.
        The far side needs ssh alone; a UDP port of 60001 to 60999 open there makes it fast. More: man roam

        """;

    private const string Usage = """
        roam [options] [user@]host [command...]     a session there
        roam                                        a session on this machine

        """;

    public static int Run(string[] arguments)
    {
        RoamCommandLine line = new();
        if (!line.TryParse(IsCompletion(arguments) ? SpaceForEquals(arguments) : arguments, out ParseResult result, out string error))
        {
            return Fail(error);
        }

        if (line.IsForHistory(result))
        {
            return HistoryCommand.Run(line.HistorySession(result), line.HistoryIsAnsi(result));
        }

        if (line.IsForCarry(result))
        {
            return CarryCommand.Run(line.CarriedSession(result));
        }

        if (line.Forward.IsAsked(result))
        {
            return ForwardsCommand.Run(line.Forward.Session(result), line.Forward.Lines(result));
        }

        if (line.Doctor.IsAsked(result))
        {
            return DoctorCommand.Run(line.Doctor.Read(result));
        }

        if (!line.IsForSession(result))
        {
            return result.Action is ParseErrorAction ? Fail(result.Errors[0].Message) : Answer(result);
        }

        WrapperOptions options = line.Read(result, arguments);
        if (options.ShowVersion)
        {
            StandardStreams.Out(VersionText.Roam(options.Verbose));
            return ExitCode.Success;
        }

        if (options.AsksConfig)
        {
            return AskConfig(options);
        }

        ChooseTerminal(options);
        return Wrapper.Run(options);
    }

    /// <summary>`roam ssh`: the words of ssh, in ours.</summary>
    public static int RunAsSsh(string[] arguments)
    {
        List<string>? words = SshCommandLine.Translate(arguments, out string error);
        if (words is null)
        {
            StandardStreams.Error($"roam ssh: {error}\n");
            return ExitCode.SshFailure;
        }

        if (words.Count > 0)
        {
            return Run([.. words]);
        }

        StandardStreams.Error($"roam: ssh could not be started: {ChildProcess.Replace(["ssh", .. arguments], [])}\n");
        return ExitCode.ServerNotFound;
    }

    /// <summary>As with ssh a command whose streams are no terminal gets none; here that counts for the output too, so that it can go into a pipe. A shell wants a terminal, or -T.</summary>
    private static void ChooseTerminal(WrapperOptions options)
    {
        bool hasCommand = options.Command.Length > 0;
        bool hasTerminal = StandardStreams.InputIsTerminal && StandardStreams.OutputIsTerminal;
        options.UsesPipes = options.IsSubsystem || options.Terminal switch
        {
            TerminalChoice.Never => true,
            TerminalChoice.Always => !hasTerminal && hasCommand,
            _ => hasCommand ? options.ActsAsSsh || !hasTerminal : options.ActsAsSsh && !hasTerminal,
        };
        if (options is { UsesPipes: true, Terminal: TerminalChoice.Always, IsQuiet: false, IsSubsystem: false })
        {
            StandardStreams.Error("roam: no terminal for the command: standard input and output are none.\n");
        }
    }

    /// <summary>Programs ask so whether ssh's options are understood (git), and what is configured.</summary>
    private static int AskConfig(WrapperOptions options)
    {
        if (options.Host is null || SshInvocation.OwnWords(options) is not { } ssh)
        {
            return Fail("-G needs a host");
        }

        StandardStreams.Error($"roam: {ssh[0]} could not be started: {ChildProcess.Replace([.. ssh, "-G", options.Host], [])}\n");
        return ExitCode.ServerNotFound;
    }

    private static bool IsCompletion(string[] arguments) => arguments.Length == 2 && arguments[0].StartsWith("[suggest", StringComparison.Ordinal);

    /// <summary>
    /// System.CommandLine 3.0.0 throws when it is to complete a value behind "=" (ParseResult.SymbolToComplete); behind a space of the same length it answers.
    /// Shells break words at "=" as well, so the suggestions fit.
    /// </summary>
    private static string[] SpaceForEquals(string[] arguments) => [arguments[0], arguments[1].Replace('=', ' ')];

    /// <summary>Help or completion: the library writes, we frame.</summary>
    private static int Answer(ParseResult result)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        bool isHelp = result.Action is HelpAction;
        if (result.Action is HelpAction help)
        {
            help.MaxWidth = StandardStreams.TryGetWindowSize(out int width, out _) ? Math.Max(width, WidthMin) : WidthWithoutTerminal;
        }

        int code = result.Invoke(new InvocationConfiguration { Output = output, Error = error });
        string text = output.ToString();
        StandardStreams.Out(isHelp ? Framed(result.CommandResult.Command, text) : text);
        StandardStreams.Error(error.ToString());
        return code;
    }

    /// <summary>The library's usage line cannot say that options come first and the host may be left out, and it mixes a command's arguments with roam's.</summary>
    private static string Framed(Command command, string text)
    {
        bool isRoot = command is RootCommand;
        string usage = command.Name switch
        {
            "server" => "roam server new [options] [-- command...]\n",
            "client" => "roam client [options] IP PORT\n",
            "carry" => "roam carry SESSION\n",
            "ssh" => "roam ssh [ssh's options] [user@]host [command...]\n",
            "relay" => "roam relay --to HOST:PORT [options]\nroam relay --find --to HOST:PORT [options] -- ssh... host\n",
            "cp" => CopyArguments.Synopsis,
            "doctor" => "roam doctor [options] [[user@]host]\n",
            "forward" => "roam forward [--session CLIENT] [-L FORWARDING] [-R FORWARDING] [-D PORT] [--remove PORT] [--list]\n",
            "history" => "roam history [--session NAME] [--plain | --ansi]\n",
            _ => Usage,
        };
        int body = text.IndexOf(isRoot ? "Arguments:" : "Options:", StringComparison.Ordinal);
        return $"{command.Description}\n\n{usage}\n{text[Math.Max(body, 0)..].TrimEnd()}\n{(isRoot ? Examples : "")}";
    }

    private static int Fail(string error)
    {
        StandardStreams.Error($"roam: {error}\nTry `roam --help`.\n");
        return ExitCode.Usage;
    }
}
