namespace Roam.Lab;

/// <summary>The laboratory: one executable with a verb for each tool. Each verb parses its own options.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string verb = args.Length == 0 ? "" : args[0];
        ReadOnlySpan<string> rest = args.Length == 0 ? [] : args.AsSpan(1);
        switch (verb)
        {
            case "bench":
                return BenchVerb.Run(rest);
            case "sim":
                return SimulateVerb.Run(rest);
            case "canvas":
                return CanvasVerb.Run(rest);
            case "fuzz":
                return FuzzVerb.Run(rest);
            case "link":
                return LinkVerb.Run(rest);
            case "predict":
                return PredictVerb.Run(rest);
            case "program":
                return ProgramVerb.Run(rest);
            case "record":
                return RecordVerb.Run(rest);
            case "replay":
                return ReplayVerb.Run(rest);
            case "widths":
                return WidthsVerb.Run(rest);
            default:
                Console.Error.WriteLine("usage: Roam.Lab VERB [options]   (verbs: bench, canvas, fuzz, link, predict, record, replay, sim, widths; program: what the benches run on the far side)");
                return 2;
        }
    }
}
