using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Roam.Lab;

/// <summary>CPU time of this thread: the first number of /proc/thread-self/schedstat, nanoseconds on a CPU. Reading it allocates nothing.</summary>
internal static class ThreadTime
{
    private static readonly SafeFileHandle Statistics = File.OpenHandle("/proc/thread-self/schedstat");

    /// <summary>For the thread that asked first.</summary>
    public static double Seconds()
    {
        Span<byte> text = stackalloc byte[64];
        int length = RandomAccess.Read(Statistics, text, 0);
        return Utf8Parser.TryParse(text[..length], out long nanos, out _) ? nanos * 1e-9 : throw new InvalidOperationException("No CPU time.");
    }
}
