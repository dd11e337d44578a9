using System.Globalization;

namespace Roam.Cli;

/// <summary>Can a program be put into the user's cache folder there?</summary>
internal sealed class FarHomeCheck : FarCheck
{
    /// <summary>The program and a copy of it while it comes.</summary>
    private const long KilobytesWanted = 16 * 1024;

    public override string Name => "home";

    protected override Finding Judge(FarProbe far)
    {
        string cache = far.Facts["cache"];
        bool isWritable = far.Facts["writable"] == "yes";
        long free = FreeKilobytes(far.Facts["room"]);
        (string, object)[] facts = [("home", far.Facts["home"]), ("cache", cache), ("writable", isWritable), ("freeKilobytes", free)];
        bool isThere = far.Facts["roam"].Length > 0;
        if (!isWritable)
        {
            return Finding.Warning($"{cache} cannot be written", isThere ? "Fine as long as the roam that is there fits." : "Roam cannot be kept there: have it installed for all users, or make the folder writable.", facts);
        }

        return free is >= 0 and < KilobytesWanted
            ? Finding.Warning($"{free} kB free at {cache}", $"Roam needs {KilobytesWanted / 1024} MB to be put there.", facts)
            : Finding.Ok($"{cache}, writable{(free >= 0 ? FormattableString.Invariant($", {free / 1024.0 / 1024.0:0.0} GB free") : "")}", facts);
    }

    /// <summary>The last line of `df -Pk`: file system, blocks, used, available, capacity, mount point. -1: not told.</summary>
    private static long FreeKilobytes(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 5 && long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out long free) ? free : -1;
    }
}
