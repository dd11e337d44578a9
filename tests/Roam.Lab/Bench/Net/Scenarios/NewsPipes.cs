using System.Globalization;
using Roam.Host;

namespace Roam.Lab;

/// <summary>Named pipes by which the bench tells news programs that it is time.</summary>
internal sealed unsafe class NewsPipes : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("roam-lab-news").FullName;
    private readonly List<string> _pipes = [];

    public NewsPipes() => Leftovers.Add(Dispose);

    public string Add()
    {
        string path = Path.Combine(_folder, _pipes.Count.ToString(CultureInfo.InvariantCulture));
        Tool.RunOrThrow("mkfifo", [path]);
        _pipes.Add(path);
        return path;
    }

    /// <summary>To all of them.</summary>
    public void Speak()
    {
        foreach (string pipe in _pipes)
        {
            int fd = Libc.open(pipe, Libc.O_WRONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
            byte one = 1;
            _ = Libc.write(fd, &one, 1);
            _ = Libc.close(fd);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
