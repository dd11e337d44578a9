namespace Roam.Lab;

/// <summary>`program NAME`: what runs on the far side of a bench.</summary>
internal static class ProgramVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        switch (args.Length == 0 ? "" : args[0])
        {
            case "echo":
                return EchoProgram.Run();
            case "tick":
                return TickProgram.Run();
            case "news" when args.Length == 2:
                return NewsProgram.Run(args[1]);
            case "log" when args.Length == 2:
                return FloodProgram.RunLog(int.Parse(args[1], null));
            case "flood":
                return FloodProgram.RunEndless();
            case "redraw":
                return RedrawProgram.Run();
            case "page":
                return PageProgram.Run();
            default:
                Console.Error.WriteLine("usage: Roam.Lab program echo|tick|news PIPE|log MB|flood|redraw|page   (programs for the benches; they expect a terminal)");
                return 2;
        }
    }

    /// <summary>The command line that starts a program of this laboratory on the far side. Compiled fully at once: no slow first keys.</summary>
    public static string[] CommandOf(params string[] program)
    {
        string self = Environment.ProcessPath ?? throw new InvalidOperationException("this program does not know its own file");
        string runtime = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string[] start = Path.GetFileName(self) == "dotnet" ? [self, Path.Combine(AppContext.BaseDirectory, "Roam.Lab.dll")] : [self];
        return ["env", "DOTNET_ROOT=" + runtime, "DOTNET_TieredCompilation=0", .. start, "program", .. program];
    }
}
