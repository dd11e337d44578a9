using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class HostileSenderTests : IDisposable
{
    private const CopyFlags All = CopyFlags.Recursive | CopyFlags.Links;

    private readonly ScratchFolder _folder = new();

    public HostileSenderTests()
    {
        _folder.Folder("to");
        _folder.Write("outside/secret", "untouched"u8);
    }

    public void Dispose()
    {
        Assert.Equal("untouched", File.ReadAllText(_folder["outside/secret"]));
        Assert.Equal(["secret"], _folder.Names("outside"));
        Assert.Equal(["outside", "to"], _folder.Names("."));
        _folder.Dispose();
    }

    [Theory]
    [InlineData("../outside/secret")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/tmp/x")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void A_name_that_leads_elsewhere_ends_the_copy(string name)
    {
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1).File(0, 4, name).Content(0, "evil").Say(FrameType.Finish);
        Assert.False(sender.End(out string notes));
        Assert.Contains("not asked for", notes, StringComparison.Ordinal);
        Assert.Empty(_folder.Names("to"));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("/")]
    public void A_directory_that_leads_elsewhere_ends_the_copy(string name)
    {
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1).Enter("good").Enter(name).File(0, 4, "secret").Content(0, "evil");
        Assert.False(sender.End(out _));
    }

    [Fact]
    public void A_link_that_it_made_itself_is_not_a_way_out()
    {
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1).Enter("dir").Link("out", _folder["outside"]).Enter("out").File(0, 4, "secret").Say(FrameType.Abandon, 0);
        sender.Say(FrameType.Leave).Say(FrameType.Leave).Say(FrameType.DirectoryDone).Say(FrameType.DirectoryDone);
        sender.End(out string notes);
        Assert.Contains("a symbolic link stands there, which is not followed", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_under_the_name_of_a_link_replaces_the_link_not_what_it_leads_to()
    {
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1).Link("x", _folder["outside/secret"]).File(0, 4, "x").Content(0, "evil").Say(FrameType.Finish);
        Assert.True(sender.End(out string notes), notes);
        Assert.Equal("evil", File.ReadAllText(_folder["to/x"]));
    }

    [Fact]
    public void A_directory_swapped_for_a_link_while_its_files_are_announced_is_not_followed()
    {
        using HostileSender sender = new(_folder["to"], All);
        // The link cannot take the directory's place: a rename over a directory fails.
        sender.Say(FrameType.Roots, 1).Enter("dir").File(0, 4, "secret").Say(FrameType.Leave).Link("dir", _folder["outside"]).Content(0, "evil");
        sender.Say(FrameType.DirectoryDone).Say(FrameType.Finish);
        sender.End(out _);
        Assert.Equal("evil", File.ReadAllText(_folder["to/dir/secret"]));
    }

    [Fact]
    public void Links_come_only_when_they_were_asked_for()
    {
        using HostileSender sender = new(_folder["to"], CopyFlags.Recursive);
        sender.Say(FrameType.Roots, 1).Link("x", "/etc/passwd").Say(FrameType.Finish);
        Assert.False(sender.End(out _));
        Assert.Empty(_folder.Names("to"));
    }

    [Fact]
    public void Directories_come_only_when_they_were_asked_for()
    {
        using HostileSender sender = new(_folder["to"], CopyFlags.None);
        sender.Say(FrameType.Roots, 1).Enter("dir");
        Assert.False(sender.End(out _));
        Assert.Empty(_folder.Names("to"));
    }

    [Fact]
    public void A_file_that_was_not_asked_for_does_not_come()
    {
        using HostileSender sender = new(_folder["to"], All, ExpectedName.Of("dir/*.txt"u8, expands: true));
        sender.Say(FrameType.Roots, 2).File(0, 4, "a.txt").File(1, 4, ".bashrc").Content(0, "good").Content(1, "evil");
        Assert.False(sender.End(out string notes));
        Assert.Contains(".bashrc: the other side sent a name that was not asked for", notes, StringComparison.Ordinal);
        Assert.Empty(_folder.Names("to"));
    }

    [Fact]
    public void A_content_that_does_not_have_its_hash_does_not_take_the_place()
    {
        File.WriteAllText(_folder["to/x"], "before");
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1).File(0, 4, "x").Say(FrameType.Begin, 0, 4, 0x1A4, 0, 0, 0, 0).Raw(FrameType.Data, "evil"u8).Raw(FrameType.End, new byte[16]).Say(FrameType.Finish);
        sender.End(out string notes);
        Assert.Contains("does not agree", notes, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(_folder["to/x"]));
    }

    [Theory]
    [InlineData("more than announced")]
    [InlineData("a hole beyond the end")]
    [InlineData("same as nothing")]
    [InlineData("an end in the middle")]
    [InlineData("content of nothing")]
    [InlineData("a leave too many")]
    [InlineData("another file's content")]
    [InlineData("no beginning")]
    [InlineData("a finish in the middle")]
    public void Frames_that_make_no_sense_end_the_copy(string what)
    {
        using HostileSender sender = new(_folder["to"], All);
        if (what != "no beginning")
        {
            sender.Say(FrameType.Roots, 1);
        }

        sender.File(0, 4, "x");
        long[] begin = [0, 4, 0x1A4, 0, 0, 0, 0];
        _ = what switch
        {
            "more than announced" => sender.Say(FrameType.Begin, begin).Raw(FrameType.Data, "12345"u8),
            "a hole beyond the end" => sender.Say(FrameType.Begin, begin).Say(FrameType.Hole, 1L << 62),
            "same as nothing" => sender.Say(FrameType.Begin, begin).Say(FrameType.Same, 1L << 60),
            "an end in the middle" => sender.Say(FrameType.Begin, begin).Raw(FrameType.End, new byte[16]),
            "content of nothing" => sender.Raw(FrameType.Data, "x"u8),
            "a leave too many" => sender.Say(FrameType.Leave),
            "another file's content" => sender.Say(FrameType.Begin, 7, 4, 0x1A4, 0, 0, 0, 0),
            _ => sender.Say(FrameType.Finish),
        };
        Assert.False(sender.End(out _));
        Assert.Empty(_folder.Names("to"));
    }

    [Fact]
    public void Announcements_without_end_are_stopped_at_the_window()
    {
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1);
        for (int i = 0; i < CopyLimits.WindowEntries + 100; i++)
        {
            sender.File(i, 4, $"x{i}");
        }

        Assert.False(sender.End(out string notes));
        Assert.Contains("makes no sense", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Directories_in_directories_without_end_are_stopped()
    {
        using HostileSender sender = new(_folder["to"], All);
        sender.Say(FrameType.Roots, 1);
        for (int i = 0; i < CopyLimits.DepthMax + 10; i++)
        {
            sender.Enter("d");
        }

        Assert.False(sender.End(out _));
    }

    [Fact]
    public void Random_frames_never_write_outside_and_never_hang()
    {
        Random random = new(17);
        string[] names = ["..", "a", "b", "/", "../outside/secret", ".", ""];
        for (int run = 0; run < 150; run++)
        {
            using HostileSender sender = new(_folder["to"], All);
            sender.Say(FrameType.Roots, 1);
            for (int i = 0; i < 40; i++)
            {
                switch (random.Next(6))
                {
                    case 0:
                        sender.Enter(names[random.Next(names.Length)]);
                        break;
                    case 1:
                        sender.File(random.Next(3), random.Next(10), names[random.Next(names.Length)]);
                        break;
                    case 2:
                        sender.Link(names[random.Next(names.Length)], _folder["outside"]);
                        break;
                    case 3:
                        sender.Content(random.Next(3), "evil");
                        break;
                    case 4:
                        sender.Say((FrameType)random.Next(70));
                        break;
                    default:
                        sender.Raw((FrameType)random.Next(16, 30), ScratchFolder.Noise(random.Next(40), random.Next()));
                        break;
                }
            }

            sender.End(out _);
        }
    }
}
