using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class CopyTreeTests : IDisposable
{
    private const CopyFlags Tree = CopyFlags.Recursive;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128 * 1024)]
    [InlineData((128 * 1024) + 1)]
    [InlineData(5_000_000)]
    public void A_file_comes_as_it_is(int length)
    {
        string source = _folder.Write("a", length);
        new CopyRun().Go(_folder["b"], source).IsGood();
        Assert.Equal(_folder.Read("a"), _folder.Read("b"));
        Assert.Equal(["a", "b"], _folder.Names("."));
    }

    [Fact]
    public void A_tree_comes_with_all_that_is_in_it()
    {
        _folder.Write("from/one", 10);
        _folder.Write("from/sub/deep/er/two", 200_000);
        _folder.Folder("from/empty");
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).IsGood();
        _folder.Shell("diff -r from to");
    }

    [Fact]
    public void Into_a_directory_that_is_there_a_source_goes_under_its_own_name()
    {
        _folder.Write("from/one", 10);
        _folder.Folder("to");
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"], _folder["from/one"]).IsGood();
        Assert.Equal(["from", "one"], _folder.Names("to"));
    }

    [Fact]
    public void What_ends_in_a_point_puts_its_content_right_into_the_target()
    {
        _folder.Write("from/one", 10);
        _folder.Write("from/sub/two", 10);
        _folder.Folder("to");
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"] + "/.").IsGood();
        _folder.Shell("diff -r from to");
    }

    [Fact]
    public void Several_files_need_a_directory()
    {
        _folder.Write("a", 10);
        _folder.Write("b", 10);
        CopyRun run = new CopyRun().Go(_folder["c"], _folder["a"], _folder["b"]);
        Assert.False(run.SenderIsGood || run.ReceiverIsGood);
        Assert.Contains("must be a directory", Assert.Single(run.Notes), StringComparison.Ordinal);
        Assert.False(_folder.Has("c"));
    }

    [Fact]
    public void A_directory_needs_the_option()
    {
        _folder.Write("from/one", 10);
        _folder.Write("a", 10);
        _folder.Folder("to");
        new CopyRun().Go(_folder["to"], _folder["from"], _folder["a"]).Complains("copy it with -r");
        Assert.Equal(["a"], _folder.Names("to"));
    }

    [Fact]
    public void Executable_bits_stay_and_the_mask_takes_the_rest()
    {
        string source = _folder.Write("a", 10);
        _folder.Shell("chmod 777 a");
        new CopyRun().Go(_folder["b"], source).IsGood();
        Assert.Equal("755", _folder.Shell("umask 022; stat -c %a b"));
    }

    [Fact]
    public void A_file_that_is_replaced_keeps_its_mode()
    {
        string source = _folder.Write("a", 10);
        _folder.Write("b", 5);
        _folder.Shell("chmod 600 b");
        new CopyRun().Go(_folder["b"], source).IsGood();
        Assert.Equal("600", _folder.Shell("stat -c %a b"));
    }

    [Fact]
    public void Modes_and_times_stay_when_they_are_asked_for()
    {
        _folder.Write("from/sub/a", 10);
        _folder.Shell("chmod 640 from/sub/a; chmod 550 from/sub; touch -d '1969-12-31 23:59:58.25 UTC' from/sub/a; touch -d '2001-02-03 04:05:06.789' from/sub from");
        new CopyRun { Flags = Tree | CopyFlags.Preserve }.Go(_folder["to"], _folder["from"]).IsGood();
        Assert.Equal(_folder.Shell("cd from; stat -c '%n %a %.9Y' . sub sub/a"), _folder.Shell("cd to; stat -c '%n %a %.9Y' . sub sub/a"));
    }

    [Fact]
    public void Holes_stay_holes()
    {
        _folder.Shell("truncate -s 200M a; printf x | dd of=a bs=1 seek=100000000 conv=notrunc status=none; printf y | dd of=a bs=1 seek=209715199 conv=notrunc status=none");
        CopyRun run = new CopyRun().Go(_folder["b"], _folder["a"]).IsGood();
        _folder.Shell("cmp a b");
        Assert.True(_folder.DiskKilobytes("b") <= _folder.DiskKilobytes("a") + 8);
        Assert.True(run.BytesSent <= 3 * 4096);
    }

    [Fact]
    public void Names_are_bytes()
    {
        _folder.Shell("mkdir from; touch \"from/$(printf 'new\\nline')\" \"from/$(printf 'bad\\377utf')\" 'from/ space ' 'from/-r' 'from/a:b' 'from/*'");
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).IsGood();
        _folder.Shell("diff -r from to");
    }

    [Fact]
    public void A_name_of_255_bytes_has_room_for_its_part()
    {
        string name = new('x', 255);
        _folder.Write($"from/{name}", 2_000_000);
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).IsGood();
        Assert.Equal([name], _folder.Names("to"));
    }

    [Fact]
    public void Links_are_followed_or_kept()
    {
        _folder.Write("from/a", 10);
        _folder.Shell("ln -s a from/link; ln -s nowhere from/dead");
        new CopyRun { Flags = Tree }.Go(_folder["followed"], _folder["from"]).Complains("leads nowhere");
        Assert.Equal("regular file", _folder.Shell("stat -c %F followed/link"));
        new CopyRun { Flags = Tree | CopyFlags.Links }.Go(_folder["kept"], _folder["from"]).IsGood();
        Assert.Equal("nowhere a", _folder.Shell("echo $(readlink kept/dead kept/link)"));
    }

    [Fact]
    public void A_loop_of_links_ends()
    {
        _folder.Write("from/a", 10);
        _folder.Shell("ln -s .. from/up; ln -s . from/here");
        CopyRun run = new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from/."]);
        Assert.True(run.SenderIsGood);
        Assert.Contains(run.Notes, n => n.Contains("above itself", StringComparison.Ordinal));
    }

    [Fact]
    public void Special_files_are_passed_over_with_a_word()
    {
        _folder.Shell("mkdir from; mkfifo from/pipe; echo x > from/a");
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).Complains("pipe: a device, a pipe or a socket");
        Assert.Equal(["a"], _folder.Names("to"));
    }

    [Fact]
    public void A_link_that_the_user_named_is_followed_to_its_file()
    {
        _folder.Write("a", 10);
        _folder.Write("sub/real", 3);
        _folder.Shell("ln -s sub/real link");
        new CopyRun().Go(_folder["link"], _folder["a"]).IsGood();
        Assert.Equal(_folder.Read("a"), _folder.Read("sub/real"));
        Assert.Equal("sub/real", _folder.Shell("readlink link"));
    }

    [Fact]
    public void A_device_that_the_user_named_gets_the_bytes()
    {
        _folder.Write("a", 3_000_000);
        new CopyRun().Go("/dev/null", _folder["a"]).IsGood();
        Assert.Equal("character special file", _folder.Shell("stat -c %F /dev/null"));
    }

    [Fact]
    public void A_directory_where_a_file_should_go_stays_and_the_others_go_on()
    {
        _folder.Write("from/a", 10);
        _folder.Write("from/b", 10);
        _folder.Folder("to/from/a");
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).Complains("is a directory there");
        Assert.Equal(_folder.Read("from/b"), _folder.Read("to/from/b"));
    }

    [Fact]
    public void A_file_where_a_directory_should_go_stays_and_is_told_once()
    {
        _folder.Write("from/sub/a", 10);
        _folder.Write("from/sub/b", 10);
        _folder.Write("to/from/sub", 3);
        new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).Complains("is no directory there");
    }

    [Fact]
    public void Far_words_are_expanded_as_by_a_shell()
    {
        _folder.Write("from/a1", 1);
        _folder.Write("from/a2", 1);
        _folder.Write("from/b", 1);
        _folder.Write("from/[x]", 1);
        _folder.Folder("to");
        string folder = _folder["from"];
        new CopyRun { Flags = CopyFlags.Expand }.Go(_folder["to"], folder + "/a?", folder + "/[x]", _folder["fr*/b"]).IsGood();
        Assert.Equal(["[x]", "a1", "a2", "b"], _folder.Names("to"));
        new CopyRun { Flags = CopyFlags.Expand }.Go(_folder["to"], folder + "/z*").Complains("no such file");
    }

    [Fact]
    public void Thousands_of_small_files_need_no_round_trip_each()
    {
        for (int i = 0; i < 5000; i++)
        {
            _folder.Write($"from/{i % 50}/{i}", Encoding.UTF8.GetBytes($"{i}"));
        }

        CopyRun run = new CopyRun { Flags = Tree }.Go(_folder["to"], _folder["from"]).IsGood();
        _folder.Shell("diff -r from to");
        Assert.Equal(5000, run.Tally.State.FilesDone);
    }
}
