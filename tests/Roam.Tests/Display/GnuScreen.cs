using System.Diagnostics;

namespace Roam.Tests.Display;

/// <summary>The installed GNU screen as another emulator: bytes in, the text of its window out.</summary>
internal sealed class GnuScreen : IDisposable
{
    public const int Width = 80;
    public const int Height = 24;
    private const string Program = "/usr/bin/screen";

    private readonly string _folder = Directory.CreateTempSubdirectory("roam-screen").FullName;

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>
    /// The rows after reading the bytes. Screen runs without a display and in the foreground (-D -m); its window's program asks for the cursor's place behind
    /// the bytes, has the window written to a file when that is answered, and ends the session. Screen may still be busy when it is told so, and then does not hear it: it is told
    /// until the file is there.
    /// </summary>
    public string[] Show(byte[] bytes)
    {
        string input = Path.Combine(_folder, "bytes");
        string output = Path.Combine(_folder, "rows");
        File.WriteAllBytes(input, bytes);
        File.Delete(output);
        File.WriteAllText(Path.Combine(_folder, "rc"), "startup_message off\n");
        string script = $"stty raw -echo; cat {input}; printf '\\033[6n'; read -rs -d R; until [ -s {output} ]; do {Program} -X hardcopy {output}; done; {Program} -X quit";
        ProcessStartInfo start = new(Program, ["-D", "-m", "-c", Path.Combine(_folder, "rc"), "-S", "roam", "bash", "--norc", "-c", script]);
        start.Environment["LC_ALL"] = "C";
        start.Environment["TERM"] = "xterm";
        start.Environment["SCREENDIR"] = _folder;
        start.Environment.Remove("STY");
        using Process process = Process.Start(start)!;
        Assert.True(process.WaitForExit(20_000), "screen does not end");
        string[] rows = File.ReadAllText(output).TrimEnd('\n').Split('\n');
        return [.. rows.Select(r => r.TrimEnd()), .. Enumerable.Repeat("", Height - rows.Length)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
