using System.Diagnostics;

namespace Roam.Lab;

/// <summary>Runs a program of the system to its end.</summary>
internal static class Tool
{
    /// <summary>Null: it succeeded. Else what it said, or that it is not there.</summary>
    public static string? Run(string file, IEnumerable<string> arguments, string input = "")
    {
        try
        {
            ProcessStartInfo start = new(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{file}: {(errors + output.Result).Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{file}: {e.Message}";
        }
    }

    public static void RunOrThrow(string file, IEnumerable<string> arguments, string input = "")
    {
        if (Run(file, arguments, input) is { } error)
        {
            throw new InvalidOperationException(error);
        }
    }
}
