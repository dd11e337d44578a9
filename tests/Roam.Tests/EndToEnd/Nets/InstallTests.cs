namespace Roam.Tests.EndToEnd;

/// <summary>Nothing usable is on the target: Roam brings its own server along.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class InstallTests
{
    [Fact]
    public void A_host_without_a_server_gets_one_and_the_second_session_uses_it()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.HideMosh());
        using (Login first = Login.Open(world, target))
        {
            first.Work();
            first.Leave();
        }

        string installed = Assert.Single(Installed(target));
        using Login second = Login.Open(world, target);
        second.Work();
        second.Leave();
        Assert.Equal(installed, Assert.Single(Installed(target)));
    }

    [Fact]
    public void A_program_named_roam_that_speaks_otherwise_is_left_alone()
    {
        const string Stranger = "#!/bin/sh\necho 'roam 0.0.1, the file browser'\nexit 1\n";
        using NetWorld world = NetWorld.Direct(out NetHost target, h =>
        {
            h.HideMosh();
            h.WriteHome(".local/bin/roam", Stranger, isProgram: true);
        });
        using Login login = Login.Open(world, target);
        login.Work();
        login.Leave();
        Assert.Equal(Stranger, File.ReadAllText(Path.Combine(target.Home, ".local/bin/roam")));
        Assert.Single(Installed(target));
    }

    [Fact]
    public void A_session_begins_where_the_home_folder_is_read_only()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h =>
        {
            h.HideMosh();
            h.Mount($"mount --bind {h.Home} {h.Home}; mount -o remount,bind,ro {h.Home}");
        });
        using Login login = Login.Open(world, target);
        login.Work();
        login.Leave();
        Assert.Empty(Installed(target));
    }

    [Fact]
    public void A_session_begins_where_the_disk_of_the_home_folder_is_full()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h =>
        {
            h.HideMosh();
            h.Mount($"cp -a {h.Home} {h.Home}.copy; mount -t tmpfs -o size=256k none {h.Home}; cp -a {h.Home}.copy/. {h.Home}; head -c 1000000 /dev/zero >{h.Home}/large 2>/dev/null || :");
        });
        using Login login = Login.Open(world, target);
        login.Work();
        login.Leave();
    }

    [Fact]
    public void Where_installing_is_not_wanted_moshs_server_is_used()
    {
        Assert.SkipUnless(File.Exists(Programs.StockServer), "mosh is not installed.");
        using NetWorld world = NetWorld.Direct(out NetHost target);
        using Login login = Login.Open(world, target, "--install=never", "target");
        login.Work();
        Assert.NotEmpty(target.ProcessesNamed("mosh-server"));
        login.Leave();
        Assert.Empty(Installed(target));
    }

    [Fact]
    public void Where_nothing_is_found_and_nothing_may_be_installed_one_sentence_says_so()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.HideMosh());
        using Login login = Login.Start(world, target, "--install=never", "target");
        Assert.NotEqual(0, login.Window.WaitForExit());
        Assert.Contains("--install", login.Window.Heard, StringComparison.Ordinal);
        Assert.Empty(Installed(target));
    }

    /// <summary>Name and inode of every program of ours in the home folder: one that is put there again has another inode.</summary>
    private static string[] Installed(NetHost target) =>
        target.Run("find", target.Home, "-type", "f", "-name", "roam*", "-size", "+1000k", "-printf", "%f %i\\n").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
