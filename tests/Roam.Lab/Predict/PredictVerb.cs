namespace Roam.Lab;

/// <summary>`predict`: what a client shows of what is typed, and how often it is wrong.</summary>
internal static class PredictVerb
{
    private const string Usage = "usage: Roam.Lab predict record ... | sim ...   (each with --help)";

    public static int Run(ReadOnlySpan<string> args)
    {
        switch (args.IsEmpty ? "" : args[0])
        {
            case "record":
                return PredictRecordVerb.Run(args[1..]);
            case "sim":
                return PredictSimVerb.Run(args[1..]);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
