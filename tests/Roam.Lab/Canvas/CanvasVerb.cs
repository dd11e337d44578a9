using System.Diagnostics;
using System.Globalization;

namespace Roam.Lab;

/// <summary>`canvas TERMINAL [--seeds N] [--first SEED] [--size WxH] [--resize w|h|wh] [--lag] [--silent]`: random sessions drawn on a terminal, and its scrollback compared with what was printed.</summary>
internal static class CanvasVerb
{
    private const string Usage = "usage: Roam.Lab canvas emulator|xterm|tmux [--seeds N] [--first SEED] [--size WxH] [--resize w|h|wh] [--lag] [--silent PERMILLE]";

    private static readonly (int Width, int Height)[] Sizes = [(40, 12), (23, 5), (100, 30)];

    public static int Run(ReadOnlySpan<string> args)
    {
        string terminal = args.Length == 0 ? "" : args[0];
        int seeds = 200;
        ulong first = 0;
        CanvasSessionOptions options = new();
        (int Width, int Height)[] sizes = Sizes;
        for (int i = 1; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--seeds":
                    seeds = int.Parse(value, CultureInfo.InvariantCulture);
                    i++;
                    break;
                case "--first":
                    first = ulong.Parse(value, CultureInfo.InvariantCulture);
                    i++;
                    break;
                case "--size":
                    string[] sides = value.Split('x');
                    sizes = [(int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[1], CultureInfo.InvariantCulture))];
                    i++;
                    break;
                case "--resize":
                    options = options with { ResizesWidth = value.Contains('w', StringComparison.Ordinal), ResizesHeight = value.Contains('h', StringComparison.Ordinal) };
                    i++;
                    break;
                case "--silent":
                    options = options with { SilentPerMille = int.Parse(value, CultureInfo.InvariantCulture) };
                    i++;
                    break;
                case "--lag":
                    options = options with { LagsAtResize = true };
                    break;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }

        XtermTerminal? xterm = null;
        if (terminal == "xterm")
        {
            xterm = XtermTerminal.TryStart(out string? why);
            if (xterm is null)
            {
                Console.WriteLine($"skipped: no xterm.js here ({why})");
                return 0;
            }
        }
        else if (terminal == "tmux")
        {
            if (TmuxTerminal.Missing() is { } missing)
            {
                Console.WriteLine($"skipped: no tmux here ({missing})");
                return 0;
            }

            options = options with { ResizesWidth = false, ResizesHeight = false };
        }
        else if (terminal != "emulator")
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        bool good = true;
        foreach ((int width, int height) in options.ResizesWidth || options.ResizesHeight ? sizes[..1] : sizes)
        {
            good &= RunSize(options with { Width = width, Height = height }, seeds, first, xterm, terminal == "tmux");
        }

        xterm?.Dispose();
        return good ? 0 : 1;
    }

    private static bool RunSize(CanvasSessionOptions options, int seeds, ulong first, XtermTerminal? xterm, bool inTmux)
    {
        Stopwatch clock = Stopwatch.StartNew();
        CanvasTally tally = new();
        for (int i = 0; i < seeds; i++)
        {
            ulong seed = first + (ulong)i;
            CanvasSessionOptions session = options with { Seed = seed, Synchronized = seed % 3 != 0, BackColorErase = seed % 4 != 0 };
            xterm?.Start(session.Width, session.Height);
            if (xterm is not null)
            {
                tally.Add(session, xterm);
                continue;
            }

            using ICanvasTerminal own = inTmux ? new TmuxTerminal(session.Width, session.Height) : new EmulatorTerminal(session.Width, session.Height);
            tally.Add(session, own);
        }

        Console.WriteLine($"{options.Width}x{options.Height}: {tally} in {clock.Elapsed.TotalSeconds:0.0} s");
        return tally.IsGood;
    }
}
