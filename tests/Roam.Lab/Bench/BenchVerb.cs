namespace Roam.Lab;

/// <summary>`bench NAME`: each benchmark is a class of its own that parses its own options.</summary>
internal static class BenchVerb
{
    private const string Usage = "usage: Roam.Lab bench net [options]       keys, floods, roaming over an emulated link, beside stock mosh and ssh\n       Roam.Lab bench session [options]   what a session costs and how fast it starts, beside stock mosh\n       Roam.Lab bench predict [options]   what is shown of what is typed into real programs, beside stock mosh\n       Roam.Lab bench canvas              what a line of history costs on its way to the user's scrollback\n       Roam.Lab bench streams [options]   roam -L beside ssh -L: bulk, loss, keys, beside another's TCP, loopback (bench net --scenario streams)\n       Roam.Lab bench streams layer       what the stream layer costs for a datagram\n       Roam.Lab bench term [NAME...]      what the emulator swallows";

    public static int Run(ReadOnlySpan<string> args)
    {
        switch (args.Length == 0 ? "" : args[0])
        {
            case "net":
                return NetBenchVerb.Run(args[1..]);
            case "session":
                return SessionCostBench.Run(args[1..]);
            case "predict":
                return PredictBenchVerb.Run(args[1..]);
            case "canvas":
                return CanvasBench.Run();
            case "streams":
                return args is ["streams", "layer"] ? StreamBench.Run() : NetBenchVerb.Run(["--scenario", "streams", .. args[1..]]);
            case "term":
                return TermBench.Run(args[1..]);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
