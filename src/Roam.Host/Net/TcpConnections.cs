using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Roam.Host;

/// <summary>Where a process is connected to by TCP: ssh knows which of a host's addresses answered, and does not say it. By proc(5): /proc/PID/fd and /proc/PID/net/tcp.</summary>
public static unsafe class TcpConnections
{
    /// <summary>ssh holds about ten; a process with more is not looked through.</summary>
    private const int DescriptorsMax = 256;

    /// <summary>A line has 150 bytes: fifty thousand connections.</summary>
    private const int TableBytesMax = 8 * 1024 * 1024;
    private const int LinkBytesMax = 64;

    private const string SocketLink = "socket:[";

    /// <summary>Column 4 of the table, TCP_ESTABLISHED of the kernel's tcp_states.h.</summary>
    private const string Established = "01";

    /// <summary>The numeric address of the far end of the process's established connection with the lowest descriptor. Null: there is none, or it cannot be seen.</summary>
    public static string? PeerOf(int pid)
    {
        List<string> inodes = SocketsOf(pid);
        if (inodes.Count == 0)
        {
            return null;
        }

        Dictionary<string, string> peers = [];
        foreach (string table in (ReadOnlySpan<string>)["tcp", "tcp6"])
        {
            byte[] text = Libc.ReadFile($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/net/{table}", TableBytesMax) ?? [];
            AddPeers(Encoding.ASCII.GetString(text), peers);
        }

        string? inode = inodes.Find(peers.ContainsKey);
        return inode is null ? null : peers[inode];
    }

    /// <summary>The remote addresses of a table's established connections by their sockets' inodes.</summary>
    internal static void AddPeers(string table, Dictionary<string, string> peers)
    {
        foreach (string line in table.Split('\n'))
        {
            // "sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode ..."
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[3] == Established && TryParse(columns[2], out IPAddress? address))
            {
                peers[columns[9]] = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
            }
        }
    }

    /// <summary>The address as words of 32 bits in the machine's order, in hexadecimal digits, then the port.</summary>
    private static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[colon / 2];
        for (int i = 0; i < colon; i += 8)
        {
            if (!uint.TryParse(text.AsSpan(i, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint word))
            {
                return false;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(i / 2)..], word);
        }

        address = new IPAddress(bytes);
        return true;
    }

    private static List<string> SocketsOf(int pid)
    {
        List<string> inodes = [];
        byte* link = stackalloc byte[LinkBytesMax];
        string folder = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/fd/";
        for (int fd = 0; fd < DescriptorsMax; fd++)
        {
            nint length = Libc.readlink(folder + fd.ToString(CultureInfo.InvariantCulture), link, LinkBytesMax);
            if (length > 0 && Encoding.ASCII.GetString(link, (int)length) is { } text && text.StartsWith(SocketLink, StringComparison.Ordinal))
            {
                inodes.Add(text[SocketLink.Length..^1]);
            }
        }

        return inodes;
    }
}
