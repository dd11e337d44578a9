using Roam.Host;

namespace Roam.Cli;

/// <summary>`mosh`, for fingers and scripts that know it.</summary>
internal static class MoshCommand
{
    private const string Name = "mosh";

    private const string UsageLine = "Usage: mosh [options] [--] [user@]host [command...]\n";

    private const string OptionsText = """
                --client=PATH           client program on this machine (default: this program)
                --server=COMMAND        server command on the far side (default: mosh-server)

                --predict=adaptive      local echo on slow links (default)
        -a      --predict=always        local echo on fast links, too
        -n      --predict=never         no local echo
                --predict=experimental  echo at once, even when it may be wrong
                --predict=stock         on slow links, by the rules of mosh 1.4
        -o      --predict-overwrite     local echo overwrites instead of inserting

        -4      --family=inet           IPv4 only
        -6      --family=inet6          IPv6 only
                --family=auto           the family of the first address found
                --family=all            all addresses, in the resolver's order
                --family=prefer-inet    all addresses, IPv4 first (default)
                --family=prefer-inet6   all addresses, IPv6 first
        -p PORT[:PORT2]
                --port=PORT[:PORT2]     UDP port or range of the server (not ssh's port)
                --bind-server=ssh|any|IP
                                        address the server answers from (default: ssh, the one ssh reached)

                --ssh=COMMAND           ssh command (example: "ssh -p 2222"; default: ssh)
                --no-ssh-pty            no terminal for ssh's part
                --no-init               keep the terminal's main screen (no alternate screen)
                --local                 server on this machine, without ssh
                --experimental-remote-ip=proxy|local|remote
                                        how the far side's address is learnt (default: proxy)

                --help                  this text
                --version               version and licence

        """;

    public static int Run(string[] arguments)
    {
        if (!MoshArguments.TryParse(arguments, out WrapperOptions options, out string error))
        {
            return FailUsage(error);
        }

        if (options.ShowHelp || options.ShowVersion)
        {
            StandardStreams.Out(options.ShowHelp ? Help : VersionText.Compatible(Name));
            return ExitCode.Success;
        }

        return options.Host is null ? FailUsage("a host is needed") : Wrapper.Run(options);
    }

    /// <summary>What --help prints.</summary>
    public static string Help => UsageLine + OptionsText;

    private static int FailUsage(string error)
    {
        StandardStreams.Error($"{Name}: {error}\n{UsageLine}Try `{Name} --help`.\n");
        return ExitCode.WrapperUsage;
    }
}
