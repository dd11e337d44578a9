
namespace Roam.Lab;

/// <summary>`link`: an emulated link between two network namespaces, for any programs; commands on standard input, removed at the end.</summary>
internal static class LinkVerb
{
    private const string Usage = "usage: Roam.Lab link " + LinkOptions.Usage;
    private const string Commands = "commands: dark, light, counters, set OPTION VALUE ..., address ADDRESS (of the near end), quit (or SIGINT, SIGTERM)";

    public static int Run(ReadOnlySpan<string> args)
    {
        LinkOptions options = new();
        if (!TryParse(args, ref options))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        using EmulatedLink link = new(options);
        using NamespacePair? pair = NamespacePair.TryCreate(link, out string reason);
        if (pair is null)
        {
            Console.Error.WriteLine("link: network namespaces and TUN are needed: " + reason);
            return 1;
        }

        // Runs before the namespaces go.
        Leftovers.Add(() => PrintCounters(link));
        Console.WriteLine($"link: {options}; seed {options.Seed}");
        Console.WriteLine($"near: {NamespacePair.NearAddress} {NamespacePair.NearAddress6}   ip netns exec {pair.Near} bash");
        Console.WriteLine($"far:  {NamespacePair.FarAddress} {NamespacePair.FarAddress6}   ip netns exec {pair.Far} bash");
        Console.WriteLine(Commands);
        Obey(link, pair);
        return 0;
    }

    private static bool TryParse(ReadOnlySpan<string> args, ref LinkOptions options)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!LinkOptions.TryTake(args, ref i, ref options))
            {
                Console.Error.WriteLine($"link: '{args[i]}' is not an option of a link with its value");
                return false;
            }
        }

        return true;
    }

    /// <summary>Until "quit"; at the end of input until a signal, so that a link can stand in the background.</summary>
    private static void Obey(EmulatedLink link, NamespacePair pair)
    {
        while (Console.In.ReadLine() is { } line)
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words.Length == 0 ? "" : words[0])
            {
                case "dark" or "light":
                    link.Dark = words[0] == "dark";
                    break;
                case "counters" or "":
                    PrintCounters(link);
                    break;
                case "set":
                    LinkOptions options = link.Options;
                    if (TryParse(words.AsSpan(1), ref options))
                    {
                        link.Options = options;
                        Console.WriteLine($"link: {options}");
                    }

                    break;
                case "address" when words.Length == 2:
                    Move(pair, words[1]);
                    break;
                case "quit":
                    return;
                default:
                    Console.WriteLine(Commands);
                    break;
            }
        }

        Thread.Sleep(Timeout.Infinite);
    }

    private static void Move(NamespacePair pair, string address)
    {
        try
        {
            pair.ChangeNearAddress(address);
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }
    }

    private static void PrintCounters(EmulatedLink link)
    {
        Console.WriteLine($"up:   {link.Up}");
        Console.WriteLine($"down: {link.Down}");
    }
}
