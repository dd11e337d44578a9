using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Roam.Cli;
using Roam.Tests.House;

namespace Roam.Tests.Cli;

public sealed partial class ManualPageTests
{
    [Fact]
    public void The_page_of_roam_names_every_option_of_the_description()
    {
        RoamCommandLine line = new();
        string page = Page("roam");
        IEnumerable<string> names = new Command[] { line.Root, line.Server, line.Client, line.Forward }.SelectMany(c => c.Options).Where(o => !o.Hidden)
            .SelectMany(o => o.Aliases.Append(o.Name)).Where(n => n is not ("-?" or "/?" or "/h"));
        Assert.DoesNotContain(names, n => !Names(page, n));
    }

    [Fact]
    public void The_page_of_the_doctor_names_its_options_and_its_checks()
    {
        string page = Page("roam-doctor");
        IEnumerable<string> names = new DoctorCommandLine().Options.SelectMany(o => o.Aliases.Append(o.Name));
        Assert.DoesNotContain(names, n => !Names(page, n));
        Assert.DoesNotContain(DoctorCommand.Names, n => !page.Contains($".TP\n.B {n}\n", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_cp_names_its_options_and_the_command_takes_them()
    {
        string page = Page("roam-cp");
        foreach (Option option in CopyCommandLine.Describe().Options)
        {
            foreach (string name in option.Aliases.Append(option.Name))
            {
                Assert.True(Names(page, name), name);
                string[] words = option.ValueType == typeof(string) ? [name, "1", "a", "b"] : [name, "a", "b"];
                Assert.True(CopyArguments.TryParse(words, out _, out string error), error);
            }
        }
    }

    [Theory]
    [InlineData("mosh", MoshHelp)]
    [InlineData("mosh-server", ServerArguments.Usage + " --help --version")]
    [InlineData("mosh-client", ClientArguments.Usage + " --help --version")]
    public void The_pages_of_the_compatible_names_have_every_option_of_their_help(string name, string help)
    {
        string text = help == MoshHelp ? MoshCommand.Help : help;
        string page = Page(name);
        IEnumerable<string> names = OptionName().Matches(text).Select(m => m.Value).Distinct();
        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, n => !Names(page, n));
    }

    [Theory]
    [InlineData("roam")]
    [InlineData("roam-doctor")]
    [InlineData("roam-cp")]
    [InlineData("mosh")]
    [InlineData("mosh-client")]
    [InlineData("mosh-server")]
    public void The_formatter_has_no_complaint(string name)
    {
        // -z: complaints only.
        ProcessStartInfo start = new("groff", ["-man", "-Tutf8", "-ww", "-z", Path.Combine(SourceTree.Root, "docs", "man", name + ".1")]) { RedirectStandardError = true };
        using Process groff = Process.Start(start)!;
        Assert.Equal("", groff.StandardError.ReadToEnd());
        groff.WaitForExit();
        Assert.Equal(0, groff.ExitCode);
    }

    private const string MoshHelp = "mosh";

    private static string Page(string name) => File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "man", name + ".1"));

    /// <summary>In roff a dash of an option is "\-".</summary>
    private static bool Names(string page, string option) =>
        Regex.IsMatch(page, Regex.Escape(option.Replace("-", "\\-", StringComparison.Ordinal)) + @"(?![\w\\])");

    [GeneratedRegex(@"(?<![\w-])--?[a-z0-9#][a-z-]*")]
    private static partial Regex OptionName();
}
