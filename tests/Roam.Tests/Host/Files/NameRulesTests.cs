using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("..a", true)]
    [InlineData("a b\nc", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("/", false)]
    [InlineData("a\0b", false)]
    public void A_name_from_a_peer_is_one_component(string name, bool isPlain) => Assert.Equal(isPlain, NameRules.IsPlain(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void A_name_longer_than_file_systems_know_is_none() => Assert.False(NameRules.IsPlain(new byte[256].AsSpan()));

    [Theory]
    [InlineData("*", "abc", true)]
    [InlineData("*", ".abc", false)]
    [InlineData(".*", ".abc", true)]
    [InlineData("*.c", "a.c", true)]
    [InlineData("*.c", "a.cc", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "aäc", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[]x]", "]", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("*a*b*", "xaxxbx", true)]
    [InlineData("*a*b*", "xbxa", false)]
    [InlineData("", "", true)]
    public void Patterns_are_a_shells(string pattern, string name, bool matches) =>
        Assert.Equal(matches, NameRules.Matches(Encoding.UTF8.GetBytes(pattern), Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Patterns_match_as_the_shell_does_on_random_names()
    {
        Random random = new(11);
        const string Alphabet = "ab.*?[]-!\\";
        using ScratchFolder folder = new();
        for (int run = 0; run < 60; run++)
        {
            string name = Word("ab.]-", random);
            string pattern = Word(Alphabet, random);
            string shell = folder.Shell("case \"$1\" in $2) echo yes;; *) echo no;; esac", name, pattern);
            bool isHidden = name[0] == '.' && !pattern.StartsWith('.') && !pattern.StartsWith("\\.", StringComparison.Ordinal);
            bool isDisputed = pattern.EndsWith('\\') || pattern.Contains("[-", StringComparison.Ordinal) || pattern.Contains("-]", StringComparison.Ordinal)
                || (pattern.Contains('[', StringComparison.Ordinal) && pattern.Contains('\\', StringComparison.Ordinal));
            if (isHidden || isDisputed)
            {
                continue; // "case" knows no hidden names; shells differ on the rest.
            }

            Assert.True((shell == "yes") == NameRules.Matches(Encoding.UTF8.GetBytes(pattern), Encoding.UTF8.GetBytes(name)), $"{pattern} {name}");
        }
    }

    [Fact]
    public void A_pattern_of_many_stars_takes_no_time()
    {
        byte[] pattern = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("*a", 60)) + "b");
        Assert.False(NameRules.Matches(pattern, Encoding.UTF8.GetBytes(new string('a', 250))));
    }

    [Theory]
    [InlineData("dir/file", "file", "dir")]
    [InlineData("/file", "file", "/")]
    [InlineData("file/", "file", ".")]
    [InlineData("a/.", "", "a")]
    [InlineData("/", "", ".")]
    [InlineData("..", "", ".")]
    public void Paths_are_taken_apart_as_by_basename(string path, string last, string parent)
    {
        Assert.Equal(last, Encoding.UTF8.GetString(NameRules.Last(Encoding.UTF8.GetBytes(path))));
        Assert.Equal(parent, Encoding.UTF8.GetString(NameRules.Parent(Encoding.UTF8.GetBytes(path))));
    }

    [Theory]
    [InlineData("dir/*.txt", "a.txt", true)]
    [InlineData("dir/*.txt", "a.sh", false)]
    [InlineData("dir/file", "file", true)]
    [InlineData("dir/file", ".bashrc", false)]
    [InlineData("my\\ file", "my file", true)]
    [InlineData("~", "anything", true)]
    [InlineData("", "", true)]
    [InlineData("", ".ssh", false)]
    [InlineData("dir/.", "dir", false)]
    public void Only_what_was_asked_for_may_come_from_the_far_side(string word, string name, bool fits) =>
        Assert.Equal(fits, ExpectedName.Of(Encoding.UTF8.GetBytes(word), expands: true).Fits(Encoding.UTF8.GetBytes(name)));

    private static string Word(string alphabet, Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => alphabet[random.Next(alphabet.Length)]));
}
