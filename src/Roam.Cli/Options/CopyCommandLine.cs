using System.CommandLine;

namespace Roam.Cli;

/// <summary>`roam cp` described for help and completion; Dispatch hands the words to CopyCommand, which reads them as bytes. A test holds the two together.</summary>
internal static class CopyCommandLine
{
    public static Command Describe()
    {
        Argument<string[]> places = new("place") { Description = "The files, then where they go: a path here, host:path, user@host:path or scp://host/path.", Arity = ArgumentArity.OneOrMore };
        places.CompletionSources.Add(_ => KnownHosts.Names().Select(name => name + ":"));
        return new Command("cp", "Copies files from or to other hosts. The same command goes on where an interrupted one was.")
        {
            places,
            new Option<bool>("-r", "--recursive") { Description = "Directories with all that is in them." },
            new Option<bool>("-p", "--preserve") { Description = "Modes and times as they are at the source." },
            new Option<bool>("-q", "--quiet") { Description = "No progress; errors are told." },
            new Option<bool>("--links") { Description = "Symbolic links as links, not what they lead to." },
            new Option<string?>("--bwlimit") { HelpName = "RATE", Description = "No faster than so many bytes a second: 500K, 2M." },
            new Option<string?>("-l") { HelpName = "KBITS", Description = "The same in scp's unit, kilobits a second." },
            new Option<string?>("--ssh") { HelpName = "COMMAND", Description = "ssh command that roam logs in with (default: ssh)." },
            new Option<string?>("-S") { HelpName = "PROGRAM", Description = "Connect by this program alone, which takes ssh's options, and not through a session: -S ssh." },
            new Option<string?>("-P") { HelpName = "PORT", Description = "ssh's port there." },
            new Option<string?>("-i") { HelpName = "FILE", Description = "For ssh: a key to log in with." },
            new Option<string?>("-F") { HelpName = "FILE", Description = "For ssh: another configuration file." },
            new Option<string?>("-J") { HelpName = "HOSTS", Description = "For ssh: hosts to jump over." },
            new Option<string?>("-c") { HelpName = "CIPHER", Description = "For ssh: the cipher." },
            new Option<string?>("-o") { HelpName = "KEY=VALUE", Description = "For ssh: an option as in its configuration." },
            new Option<bool>("-C") { Description = "For ssh: compress." },
            new Option<bool>("-4") { Description = "IPv4 only." },
            new Option<bool>("-6") { Description = "IPv6 only." },
            new Option<bool>("-B") { Description = "For ssh: never ask." },
            new Option<bool>("-v") { Description = "For ssh: tell about the login." },
            new Option<bool>("-3") { Description = "Taken for scp's sake: between two hosts the bytes always go through this machine." },
        };
    }
}
