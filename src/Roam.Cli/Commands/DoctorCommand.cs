using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam doctor`: runs the checks in their order and tells what each found.</summary>
internal static class DoctorCommand
{
    private static readonly Check[] Near =
        [new VersionCheck(), new TerminalCheck(), new AnswersCheck(), new LocaleCheck(), new SshCheck(), new UdpSocketsCheck(), new ClockCheck(), new ControlCheck()];

    private static readonly Check[] Far =
    [
        new SshConfigCheck(), new LoginCheck(), new NoiseCheck(), new FarRoamCheck(), new FarMoshCheck(), new FarLocaleCheck(), new FarHomeCheck(), new StayCheck(),
        new FarClockCheck(), new UdpCheck(), new SshRoundTripCheck(),
    ];

    /// <summary>All names, as --json and the manual page have them.</summary>
    public static IEnumerable<string> Names => Near.Concat(Far).Select(c => c.Name);

    public static int Run(DoctorOptions options)
    {
        using Examination examination = new(options);
        DoctorJson json = new();
        DoctorText text = new(StandardStreams.OutputIsTerminal, StandardStreams.OutputIsTerminal && string.IsNullOrEmpty(ProcessEnvironment.Get("NO_COLOR")));
        int[] counts = new int[Enum.GetValues<CheckState>().Length];
        foreach ((string title, Check[] checks) in ((string, Check[])[])[("This machine", Near), ($"\n{options.Host}", options.Host is null ? [] : Far)])
        {
            if (checks.Length > 0 && !options.Json)
            {
                DoctorText.Title(title);
            }

            foreach (Check check in checks)
            {
                if (!options.Json)
                {
                    text.Progress(check.Progress);
                }

                foreach (Finding finding in check.Run(examination))
                {
                    counts[(int)finding.State]++;
                    Tell(options, json, text, check.Name, finding);
                }
            }
        }

        int failed = counts[(int)CheckState.Failed];
        StandardStreams.Out(options.Json
            ? json.Text(options.Host, failed == 0)
            : $"\n{counts[(int)CheckState.Ok]} ok, {counts[(int)CheckState.Warning]} warning{(counts[(int)CheckState.Warning] == 1 ? "" : "s")}, {failed} failed, {counts[(int)CheckState.Skipped]} skipped\n");
        return failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Tell(DoctorOptions options, DoctorJson json, DoctorText text, string check, Finding finding)
    {
        if (options.Json)
        {
            json.Add(check, finding);
        }
        else
        {
            text.Add(check, finding);
        }
    }
}
