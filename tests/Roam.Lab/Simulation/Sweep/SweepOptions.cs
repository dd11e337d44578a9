using System.Globalization;

namespace Roam.Lab;

/// <summary>What a sweep is to run, from the command line.</summary>
internal sealed record SweepOptions
{
    public const string Usage = """
        usage: Roam.Lab sim sweep [--grid G] [--pairs P,P...] [--keys N] [--seed N] [--threads N] [--markdown | --record]
          --grid G       small (default), full, loss, jitter, rate, named, or names of cells, with * for any text: rtt100*,ge15b3
          --pairs P,P    timing policies CLIENT+SERVER: stock+stock,stock-exact+stock (default: each combination of stock and roam)
          --keys N       keys counted in a cell (default 1200, in other grids than small 2000; a redraw takes a part of it, a flood less)
          --seed N       of the network and the typist (default 1)
          --threads N    runs at the same time (default 1); changes no number
          --markdown     a table in Markdown, a row a cell
          --record       write the numbers of the small grid into the repository (tests/Roam.Lab/Simulation/Sweep/expected.tsv)
        Numbers stand beside those recorded for the same keys and seed. A row fails when it is worse by more than the tolerance, or, in the small grid as it is, not recorded.
        """;

    private const string GatedGrid = "small";
    private const int GatedKeys = 1200;
    private const int OtherKeys = 2000;
    private const int ThreadsMax = 64;
    private const int KeysMax = 1_000_000;

    private static readonly string[] AllPairs = ["stock+stock", "roam+roam", "roam+stock", "stock+roam"];

    private int _keys;
    private bool _hasPairs;

    public string Grid { get; private set; } = GatedGrid;

    public List<PolicyPair> Pairs { get; private set; } = [.. AllPairs.Where(p => PolicyPair.TryParse(p, out _)).Select(Pair)];

    public int Keys => _keys != 0 ? _keys : Grid == GatedGrid ? GatedKeys : OtherKeys;

    public ulong Seed { get; private set; } = 1;

    public int Threads { get; private set; } = 1;

    public bool IsMarkdown { get; private set; }

    public bool Records { get; private set; }

    /// <summary>As the gate runs it: every row must have been recorded.</summary>
    public bool IsGated => Grid == GatedGrid && Keys == GatedKeys && Seed == 1;

    /// <summary>False: the command line is not understood.</summary>
    public static bool TryParse(ReadOnlySpan<string> args, out SweepOptions options)
    {
        options = new SweepOptions();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--markdown":
                    options.IsMarkdown = true;
                    break;
                case "--record":
                    options.Records = true;
                    break;
                default:
                    if (i + 1 == args.Length || !options.TrySet(args[i], args[++i]))
                    {
                        return false;
                    }

                    break;
            }
        }

        // The record is that of the gate's run, whole.
        return !options.Records || (options.IsGated && !options._hasPairs);
    }

    private bool TrySet(string name, string value)
    {
        switch (name)
        {
            case "--grid":
                Grid = value;
                return SweepGrid.Find(value).Count != 0;
            case "--pairs":
                _hasPairs = true;
                Pairs = [.. value.Split(',').Where(p => PolicyPair.TryParse(p, out _)).Select(Pair)];
                return Pairs.Count == value.Split(',').Length;
            case "--keys":
                return int.TryParse(value, CultureInfo.InvariantCulture, out _keys) && _keys is > 0 and <= KeysMax;
            case "--seed":
                bool isSeed = ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed);
                Seed = seed;
                return isSeed;
            case "--threads":
                bool isCount = int.TryParse(value, CultureInfo.InvariantCulture, out int threads);
                Threads = threads;
                return isCount && threads is > 0 and <= ThreadsMax;
            default:
                return false;
        }
    }

    private static PolicyPair Pair(string text) => PolicyPair.TryParse(text, out PolicyPair pair) ? pair : throw new ArgumentException(text);
}
