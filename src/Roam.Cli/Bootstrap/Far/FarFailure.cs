using System.Globalization;

namespace Roam.Cli;

/// <summary>Why a login ended without what it was for: one sentence that says what to do.</summary>
internal static class FarFailure
{
    /// <summary>ssh's own code for everything that went wrong before or around the remote command (ssh(1), EXIT STATUS).</summary>
    private const int SshFailed = 255;

    /// <param name="host">As the user named it.</param>
    /// <param name="code">ssh's exit code: 255, or the remote command's.</param>
    /// <param name="hasBegun">The far side's script said so.</param>
    /// <param name="usesMosh">mosh-server was asked for in the end.</param>
    /// <param name="installError">Why Roam was not put there; empty: it was not tried.</param>
    public static (string Sentence, int ExitCode) Explain(string host, int code, bool hasBegun, bool usesMosh, string installError)
    {
        string number = code.ToString(CultureInfo.InvariantCulture);
        if (hasBegun && code == ExitCode.ServerNotFound && usesMosh)
        {
            return installError.Length > 0
                ? ($"{host} has no mosh-server either. Install one there (the package mosh), or copy a roam built for it into ~/.local/bin there.", ExitCode.ServerNotFound)
                : ($"neither roam nor mosh-server was found on {host}. Leave out --install=never to put roam there, or say where one is: --server=/path/to/mosh-server", ExitCode.ServerNotFound);
        }

        if (hasBegun && code == ExitCode.ServerNotFound)
        {
            return ($"no usable roam was found on {host}. `roam {host}` puts it there.", ExitCode.ServerNotFound);
        }

        if (hasBegun)
        {
            return code == SshFailed
                ? ($"the ssh connection to {host} ended before the session had started. Its own message is above.", code)
                : ($"the server on {host} did not start (exit code {number}). Its own message is above.", code == 0 ? ExitCode.Failure : code);
        }

        return code switch
        {
            SshFailed => ($"ssh to {host} failed (exit code 255). Its own message is above.", code),
            0 => ($"the far side's shell ended without running what it was asked to. Does `ssh {host}` run another program (ForceCommand, command= in authorized_keys), or a start file that exits?", ExitCode.Failure),
            _ => ($"the login shell of {host} did not run /bin/sh (exit code {number}). Does `ssh {host} echo hello` say hello?", code),
        };
    }
}
