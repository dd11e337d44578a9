namespace Roam.Tests.EndToEnd;

/// <summary>Programs that start ssh, with Roam in its place.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class StandInTests
{
    private const string Host = "127.0.0.1";

    private static readonly Lazy<string> Roam = new(() => Script($"exec {Programs.Roam} --ssh='{SshServer.Instance.Command}' \"$@\""));

    /// <summary>`roam ssh`, with the tests' configuration.</summary>
    private static readonly Lazy<string> RoamSsh = new(() => Script($"exec {Programs.Link("roam-ssh")} {SshServer.Instance.Command["ssh ".Length..]} \"$@\""));

    [Fact]
    public void Git_clones_pushes_and_fetches()
    {
        string folder = NewFolder();
        Sh(folder, "git init -q -b main there && cd there && git config receive.denyCurrentBranch updateInstead && head -c 3000000 /dev/urandom >big && git add big && git commit -qm one");
        string ssh = $"GIT_SSH_COMMAND={Roam.Value}";
        Sh(folder, $"{ssh} git clone -q {Host}:{folder}/there here && cmp there/big here/big");
        Sh(folder, $"cd here && echo more >more && git add more && git commit -qm two && {ssh} git push -q origin main");
        Assert.Equal("more\n", File.ReadAllText(Path.Combine(folder, "there", "more")));
        Sh(folder, $"cd there && echo less >more && git commit -qam three && cd ../here && {ssh} git pull -q --ff-only");
        Assert.Equal("less\n", File.ReadAllText(Path.Combine(folder, "here", "more")));
        Sh(folder, $"GIT_SSH_COMMAND={RoamSsh.Value} git clone -q ssh://{Host}:{SshServer.Instance.Port}{folder}/there other && cmp there/big other/big");
    }

    [Fact]
    public void Git_says_what_the_far_side_says()
    {
        (int code, _, string error) = RunningCommand.Run(["sh", "-c", $"GIT_SSH_COMMAND={Roam.Value} git ls-remote {Host}:/nowhere"]);
        Assert.Equal(128, code);
        Assert.Contains("'/nowhere' does not appear to be a git repository", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rsync_copies_both_ways()
    {
        string folder = NewFolder();
        Sh(folder, "mkdir -p a/b && head -c 2000000 /dev/urandom >a/b/big && echo x >'a/with space' && chmod 640 a/b/big");
        Sh(folder, $"rsync -a -e {Roam.Value} a/ {Host}:{folder}/there/ && diff -r a there");
        Sh(folder, $"rsync -a -e '{RoamSsh.Value} -p {SshServer.Instance.Port}' {Host}:{folder}/there/ back/ && diff -r a back && [ $(stat -c %a back/b/big) = 640 ]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-O")]
    public void Scp_copies_both_ways_in_both_of_its_modes(string mode)
    {
        string folder = NewFolder();
        Sh(folder, "mkdir a && head -c 2000000 /dev/urandom >a/big && echo x >a/small");
        Sh(folder, $"scp -q -r {mode} -S {Roam.Value} a {Host}:{folder}/there && diff -r a there");
        Sh(folder, $"scp -q -r {mode} -S {RoamSsh.Value} -P {SshServer.Instance.Port} {Host}:{folder}/there back && diff -r a back");
    }

    [Fact]
    public void Sftp_runs_a_batch()
    {
        string folder = NewFolder();
        Sh(folder, "head -c 2000000 /dev/urandom >big && echo 'put big copy\nget copy back\nrename copy moved\nls -1' >batch");
        string output = Sh(folder, $"sed -i 's,copy,{folder}/copy,;s,moved,{folder}/moved,' batch && sftp -q -b batch -S {Roam.Value} {Host} && cmp big moved && cmp big back");
        Assert.Contains("sftp> ls -1", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_of_Ansible_is_understood()
    {
        // plugins/connection/ssh.py, with and without a terminal asked for.
        string[] words =
        [
            Roam.Value, "-C", "-o", "ControlMaster=auto", "-o", "ControlPersist=60s", "-o", "KbdInteractiveAuthentication=no", "-o",
            "PreferredAuthentications=gssapi-with-mic,gssapi-keyex,hostbased,publickey", "-o", "PasswordAuthentication=no", "-o", "ConnectTimeout=10", "-o",
            $"ControlPath=\"{Sandbox.Home}/%C\"",
        ];
        Assert.Equal((0, "/tmp x\n", ""), RunningCommand.Run([.. words, Host, "/bin/sh -c 'echo /tmp x && sleep 0'"]));
        (int code, string output, _) = RunningCommand.Run([.. words, "-tt", Host, "/bin/sh -c 'echo '\"'\"'quoted  words'\"'\"' && exit 2'"]);
        Assert.Equal((2, "quoted  words\n"), (code, output));
        Programs.Run("ssh", [.. SshServer.Instance.Command.Split(' ')[1..], "-O", "exit", "-o", $"ControlPath={Sandbox.Home}/%C", Host]);
    }

    [Fact]
    public void Roam_ssh_without_a_terminal_reads_nothing_with_n_and_hands_on_what_is_ssh_alone()
    {
        Assert.Equal((0, "0\n", ""), RunningCommand.Run([RoamSsh.Value, "-n", Host, "wc -c"], "unread"));
        (int code, string output, _) = RunningCommand.Run([RoamSsh.Value, "-G", Host]);
        Assert.Equal(0, code);
        Assert.Contains($"\nport {SshServer.Instance.Port}\n", output, StringComparison.Ordinal);
        Assert.Equal(output, RunningCommand.Run([Roam.Value, "-G", Host]).Output);
    }

    [Fact]
    public void Roam_ssh_is_a_command_without_a_terminal_also_on_one()
    {
        using TerminalWindow window = TerminalWindow.Open([RoamSsh.Value, Host, "tty; exit 6"]);
        window.WaitForText("not a tty");
        Assert.Equal(6, window.WaitForExit());
    }

    private static string Script(string line)
    {
        string file = Sandbox.NewFile("roam");
        File.WriteAllText(file, $"#!/bin/sh\n{line}\n");
        Assert.Equal(0, Programs.Run("chmod", ["755", file]).ExitCode);
        return file;
    }

    private static string NewFolder() => Directory.CreateDirectory(Sandbox.NewFile("folder")).FullName;

    private static string Sh(string folder, string line)
    {
        (int code, string output, string error) = RunningCommand.Run(
            ["sh", "-c", $"cd {folder} && {line}"], "", ("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@b"), ("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@b"));
        Assert.True(code == 0, $"{line}: code {code}\n{output}\n{error}");
        return output;
    }
}
