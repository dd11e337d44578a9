using System.Diagnostics;
using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

/// <summary>A folder for one test, and short words for what is in it. Paths are relative to it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("roam-files-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public byte[] Bytes(string name) => Encoding.UTF8.GetBytes(this[name]);

    public string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Content that repeats itself nowhere, the same for the same seed.</summary>
    public string Write(string name, int length, int seed = 1) => Write(name, Noise(length, seed));

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    public bool Has(string name) => File.Exists(this[name]) || Directory.Exists(this[name]);

    public string[] Names(string folder) => [.. Directory.GetFileSystemEntries(this[folder]).Select(e => System.IO.Path.GetFileName(e)).Order(StringComparer.Ordinal)];

    public string Part(string name) =>
        this[System.IO.Path.Combine(System.IO.Path.GetDirectoryName(name) ?? "", Encoding.UTF8.GetString(PartName.Of(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(name)))))];

    public static byte[] Noise(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Blocks on disk, in KiB.</summary>
    public int DiskKilobytes(string name) => int.Parse(Shell("du -sk \"$1\" | cut -f1", this[name]), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a shell says; for names that are no text.</summary>
    public string Shell(string script, params string[] words)
    {
        ProcessStartInfo start = new("/bin/sh", ["-ec", script, "sh", .. words]) { RedirectStandardOutput = true, WorkingDirectory = Path };
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output.TrimEnd('\n');
    }

    public void Dispose()
    {
        // Names that are no text are beyond the runtime's own deletion.
        _ = Shell("chmod -R u+rwx .; rm -rf \"$1\"", Path);
    }
}
