using System.IO.Compression;
using System.Runtime.InteropServices;
using Org.BouncyCastle.Crypto.Digests;
using Roam.Host;

namespace Roam.Cli;

/// <summary>
/// The binaries that can be put on a far side: what `./build --servers` made (static, so they run on any Linux of their CPU), in ROAM_SERVERS or beside the program;
/// for a machine like this one, the program itself.
/// </summary>
internal sealed class ServerBuilds
{
    public const string FolderVariable = "ROAM_SERVERS";

    /// <summary>A build is 5 MB; a file beyond this is none.</summary>
    private const long BytesMaxOfAny = 256 * 1024 * 1024;

    /// <summary>What a build needs at most when it is not known yet, for the far side's trial write.</summary>
    private const long BytesUsual = 16 * 1024 * 1024;

    private const int HashDigits = 64;

    private static readonly (string Machine, string Build)[] Known = [("x86_64", "x64"), ("amd64", "x64"), ("aarch64", "arm64"), ("arm64", "arm64")];

    private readonly string[] _folders;
    private readonly string _ownProgram;
    private readonly Dictionary<string, ServerBuild> _builds = [];

    public ServerBuilds(IEnumerable<string> folders, string ownProgram)
    {
        _folders = [.. folders];
        _ownProgram = ownProgram;
        foreach (string cpu in (string[])["x64", "arm64"])
        {
            if (Look("linux", cpu) is { } build)
            {
                _builds[cpu] = build;
            }
        }
    }

    /// <summary>Nothing to offer: for logins that install nothing.</summary>
    public static ServerBuilds None { get; } = new([], "");

    /// <summary>Of this installation.</summary>
    public static ServerBuilds Here()
    {
        string folder = Path.GetDirectoryName(OwnProgram.Path) ?? "/";
        string? named = ProcessEnvironment.Get(FolderVariable);
        string[] folders = string.IsNullOrEmpty(named) ? [Path.Combine(folder, "servers"), Path.Combine(folder, "..", "lib", "roam", "servers")] : [named];
        return new ServerBuilds(folders, OwnProgram.Path);
    }

    public long BytesMax => _builds.Count == 0 ? BytesUsual : Math.Max(BytesUsual, _builds.Values.Max(b => new FileInfo(b.File).Length * (b.IsPacked ? 4 : 1)));

    /// <summary>The names under which they would lie in the far side's cache; without builds, that of the program itself.</summary>
    public string[] Names()
    {
        if (_builds.Count == 0 && OwnMachine() is { } cpu && OwnBuild() is { } own)
        {
            _builds[cpu] = own;
        }

        return [.. _builds.Values.Select(b => b.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>For what `uname -s` and `uname -m` said there. Null: error says what is missing and what makes it.</summary>
    public ServerBuild? TryFind(string system, string machine, out string error)
    {
        error = "";
        string? cpu = Known.FirstOrDefault(k => k.Machine == machine).Build;
        if (system == "Linux" && cpu is not null)
        {
            if (_builds.TryGetValue(cpu, out ServerBuild? build))
            {
                return build;
            }

            if (cpu == OwnMachine() && OwnBuild() is { } own)
            {
                return _builds[cpu] = own;
            }
        }

        error = system == "Linux" && cpu is not null
            ? $"there is no build of roam for Linux {machine} here (`./build --servers` makes linux-{cpu}; {FolderVariable} names its folder)"
            : $"there is no build of roam for {system} {machine}";
        return null;
    }

    /// <summary>The bytes to send and whether they are packed. The far side without gzip gets them plain. Null: the file cannot be read.</summary>
    public static byte[]? TryRead(ServerBuild build, bool wantsPacked, out bool isPacked)
    {
        isPacked = wantsPacked;
        try
        {
            byte[] bytes = File.ReadAllBytes(build.File);
            if (build.IsPacked == wantsPacked)
            {
                return bytes;
            }

            using MemoryStream output = new();
            if (wantsPacked)
            {
                using (GZipStream packing = new(output, CompressionLevel.Optimal, leaveOpen: true))
                {
                    packing.Write(bytes);
                }
            }
            else
            {
                using GZipStream unpacking = new(new MemoryStream(bytes), CompressionMode.Decompress);
                unpacking.CopyTo(output);
            }

            return output.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static string? OwnMachine() => OperatingSystem.IsLinux()
        ? RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => null }
        : null;

    /// <summary>roam-linux-x64.gz or roam-linux-x64, and roam-linux-x64.sha256 as sha256sum writes it, the hash being that of the unpacked file.</summary>
    private ServerBuild? Look(string system, string cpu)
    {
        foreach (string folder in _folders)
        {
            string file = Path.Combine(folder, $"roam-{system}-{cpu}");
            try
            {
                string hash = File.Exists(file + ".sha256") ? File.ReadAllText(file + ".sha256").Split(' ', '\n')[0] : "";
                if (hash.Length == HashDigits && hash.All(char.IsAsciiHexDigitLower) && (IsSane(file + ".gz") || IsSane(file)))
                {
                    bool isPacked = IsSane(file + ".gz");
                    return new ServerBuild(isPacked ? file + ".gz" : file, isPacked, hash);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return null;
    }

    private ServerBuild? OwnBuild()
    {
        try
        {
            return IsSane(_ownProgram) ? new ServerBuild(_ownProgram, IsPacked: false, HashOf(File.ReadAllBytes(_ownProgram))) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsSane(string file) => new FileInfo(file) is { Exists: true, Length: > 0 and <= BytesMaxOfAny };

    /// <summary>SHA-256 by the library that is there anyway: .NET's own would load OpenSSL.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes)
    {
        Sha256Digest digest = new();
        digest.BlockUpdate(bytes);
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}
