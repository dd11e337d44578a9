using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>
/// The user's line of /etc/passwd, read directly: a static binary has no NSS. Accounts from a directory service are not in the file; sshd has then put SHELL, HOME
/// and USER into the environment, which is asked first anyway.
/// </summary>
internal sealed record Passwd(string Name, string Home, string Shell)
{
    private const string FilePath = "/etc/passwd";
    private const int FileBytesMax = 4 * 1024 * 1024;
    private const int FieldCount = 7;

    public static Passwd? OfName(string name) => Find(Libc.ReadFile(FilePath, FileBytesMax), (_, found) => found == name);

    public static Passwd? OfCurrentUser() => Find(Libc.ReadFile(FilePath, FileBytesMax), Libc.getuid());

    /// <summary>name:password:uid:gid:comment:home:shell (passwd(5)). Lines that are not so are skipped.</summary>
    public static Passwd? Find(ReadOnlySpan<byte> file, uint uid) => Find(file, (found, _) => found == uid);

    private static Passwd? Find(ReadOnlySpan<byte> file, Func<uint, string, bool> isWanted)
    {
        Span<Range> fields = stackalloc Range[FieldCount + 1];
        foreach (Range range in file.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = file[range];
            if (SplitFields(line, fields) == FieldCount
                && uint.TryParse(line[fields[2]], NumberStyles.None, CultureInfo.InvariantCulture, out uint found)
                && isWanted(found, Encoding.UTF8.GetString(line[fields[0]])))
            {
                return new Passwd(Encoding.UTF8.GetString(line[fields[0]]), Encoding.UTF8.GetString(line[fields[5]]), Encoding.UTF8.GetString(line[fields[6]]));
            }
        }

        return null;
    }

    private static int SplitFields(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        int count = 0;
        foreach (Range range in line.Split((byte)':'))
        {
            if (count == fields.Length)
            {
                break;
            }

            fields[count++] = range;
        }

        return count;
    }
}
