using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Roam.Cli;
using Roam.Tests.EndToEnd;

namespace Roam.Tests.Cli.Far;

/// <summary>The far side's script, run as sshd runs it: the login shell with -c. What stands for roam is a shell script, so no build is needed.</summary>
internal sealed class ScriptTalk : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ScriptTalk(Process process) => _process = process;

    /// <summary>Answers the question for its language, and shows the words it was called with.</summary>
    public static string StandIn(string says) => $"#!/bin/sh\nif [ \"$2\" = --speaks ]; then echo 1; exit; fi\necho \"{says} $0\"\nfor a; do echo \"[$a]\"; done\n";

    /// <summary>A home folder and nothing else; no folder of the machine's is looked at or written.</summary>
    /// <param name="home">Of the far user.</param>
    /// <param name="install">--install.</param>
    /// <param name="builds">Folder with server builds; null: none.</param>
    /// <param name="verb">For roam.</param>
    /// <param name="shell">The login shell.</param>
    /// <param name="before">Words before the shell: where it runs.</param>
    /// <param name="variables">NAME=VALUE of the far side.</param>
    public static ScriptTalk Start(string home, InstallMode install, string? builds, string[] verb, string shell = "/bin/sh", string[]? before = null, params string[] variables)
    {
        string command = FarScript.Command(install, new ServerBuilds(builds is null ? [] : [builds], "/nonexistent"), verb);
        string[] words = ["-i", $"HOME={home}", "PATH=/usr/bin:/bin", .. variables, .. before ?? [], shell, "-c", command];
        ProcessStartInfo start = new("env", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        ScriptTalk talk = new(process);
        process.ErrorDataReceived += (_, line) => talk._errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        return talk;
    }

    /// <summary>Text of the output up to a line that begins so, which is the answer.</summary>
    public string WaitFor(string prefix)
    {
        List<string> seen = [];
        while (ReadLine() is { } line)
        {
            seen.Add(line);
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"no line {prefix} in:\n{string.Join('\n', seen)}\nerrors: {_errors}");
        return "";
    }

    /// <summary>The rest of the output.</summary>
    public List<string> Rest()
    {
        List<string> lines = [];
        while (ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Put(string content, string name, string? hash = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        Say($"PUT {bytes.Length} {hash ?? Hash(content)} raw {name}\n{content}");
    }

    public void Say(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    public int WaitForExit()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(Programs.Patience), $"the script does not end; its errors: {_errors}");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    public static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private string? ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        Assert.True(line.Wait(Programs.Patience), $"the script says nothing more; its errors: {_errors}");
        return line.Result;
    }
}
