using System.Runtime.CompilerServices;

namespace Roam.Tests.Host;

/// <summary>
/// The published program. Signals can only be judged there: under the JIT other threads of the runtime leave them unblocked (docs/adr/0008-signalfd.md).
/// ROAM_BIN names it, as ./test does; else out/roam is taken when it has been built.
/// </summary>
internal static class NativeBinary
{
    public static string Path
    {
        get
        {
            string path = Environment.GetEnvironmentVariable("ROAM_BIN") ?? System.IO.Path.Combine(Root(), "out", "roam");
            Assert.SkipUnless(File.Exists(path), "no native binary: run ./build, or set ROAM_BIN");
            return path;
        }
    }

    private static string Root([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(here, "..", "..", "..", ".."));
}
