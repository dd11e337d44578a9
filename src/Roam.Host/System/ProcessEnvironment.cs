using System.Runtime.InteropServices;
using System.Text;

namespace Roam.Host;

/// <summary>
/// environ(7) of this process: what a child or an exec inherits. The list is taken from /proc/self/environ at the first use and kept as bytes, so values that are
/// not UTF-8 pass through unharmed; each change is made in the C library's copy too, for setlocale and getaddrinfo.
/// </summary>
public static unsafe class ProcessEnvironment
{
    // The kernel's own limit for arguments and environment together is a quarter of the stack limit, 2 MB as a rule.
    private const int BytesMax = 8 * 1024 * 1024;

    private static List<byte[]>? _entries;

    private static List<byte[]> Entries => _entries ??= Load();

    public static string? Get(string name)
    {
        byte* value = Libc.getenv(name);
        return value == null ? null : Marshal.PtrToStringUTF8((nint)value);
    }

    public static void Set(string name, string value)
    {
        Replace(Entries, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(name + "=" + value));
        _ = Libc.setenv(name, value, 1);
    }

    /// <summary>As <see cref="Set(string, string)"/>, with NAME=VALUE in one text. A text without '=' is ignored.</summary>
    public static void SetPair(string pair)
    {
        int equals = pair.IndexOf('=');
        if (equals > 0)
        {
            Set(pair[..equals], pair[(equals + 1)..]);
        }
    }

    public static void Unset(string name)
    {
        Replace(Entries, Encoding.UTF8.GetBytes(name), null);
        _ = Libc.unsetenv(name);
    }

    /// <summary>Reads a variable, overwrites its bytes in place (ps e, /proc/PID/environ) and removes it.</summary>
    public static string? TakeSecret(string name)
    {
        byte* value = Libc.getenv(name);
        if (value == null)
        {
            return null;
        }

        string? text = Marshal.PtrToStringUTF8((nint)value);
        Span<byte> bytes = MemoryMarshal.CreateSpan(ref *value, LengthOf(value));
        bytes.Fill((byte)'x');
        Unset(name);
        return text;
    }

    /// <summary>All variables whose name begins so, as NAME=VALUE.</summary>
    public static string[] WithPrefix(string prefix)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(prefix);
        List<string> found = [];
        foreach (byte[] entry in Entries)
        {
            if (entry.AsSpan().StartsWith(wanted))
            {
                found.Add(Encoding.UTF8.GetString(entry));
            }
        }

        return [.. found];
    }

    /// <summary>The entries for an environment vector, in order; each without its final zero byte.</summary>
    internal static List<byte[]> Copy() => [.. Entries];

    /// <summary>Puts NAME=VALUE in the place of the variable of that name, or at the end; null removes it.</summary>
    internal static void Replace(List<byte[]> entries, ReadOnlySpan<byte> name, byte[]? entry)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            ReadOnlySpan<byte> present = entries[i];
            if (present.Length > name.Length && present.StartsWith(name) && present[name.Length] == (byte)'=')
            {
                if (entry == null)
                {
                    entries.RemoveAt(i);
                }
                else
                {
                    entries[i] = entry;
                }

                return;
            }
        }

        if (entry != null)
        {
            entries.Add(entry);
        }
    }

    private static List<byte[]> Load()
    {
        List<byte[]> entries = [];
        ReadOnlySpan<byte> all = Libc.ReadFile("/proc/self/environ", BytesMax);
        while (!all.IsEmpty)
        {
            int end = all.IndexOf((byte)0);
            ReadOnlySpan<byte> entry = end < 0 ? all : all[..end];
            if (entry.IndexOf((byte)'=') > 0)
            {
                entries.Add(entry.ToArray());
            }

            all = end < 0 ? default : all[(end + 1)..];
        }

        return entries;
    }

    private static int LengthOf(byte* text)
    {
        int length = 0;
        while (text[length] != 0)
        {
            length++;
        }

        return length;
    }
}
