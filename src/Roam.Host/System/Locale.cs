using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>setlocale(3) and nl_langinfo(3): is the environment's locale installed, and is its encoding UTF-8?</summary>
public static unsafe class Locale
{
    /// <summary>Tries the locale that the environment names now (LC_ALL, LC_CTYPE, LANG). The encoding's own name comes out, for the message.</summary>
    public static bool EnvironmentIsUtf8(out string encoding)
    {
        // A locale that is not installed leaves the C locale standing, whose encoding is ANSI_X3.4-1968.
        if (Libc.setlocale(Libc.LC_CTYPE, "") == null)
        {
            _ = Libc.setlocale(Libc.LC_CTYPE, "C");
        }

        encoding = Marshal.PtrToStringUTF8((nint)Libc.nl_langinfo(Libc.CODESET)) ?? "";
        return string.Equals(encoding, "UTF-8", StringComparison.OrdinalIgnoreCase);
    }
}
