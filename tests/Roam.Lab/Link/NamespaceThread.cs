using Roam.Host;

namespace Roam.Lab;

/// <summary>setns moves the calling thread alone, so a thread of its own enters the namespace and ends; descriptors stay with the namespace they were opened in.</summary>
internal static class NamespaceThread
{
    public static T Run<T>(string name, Func<T> action)
    {
        T? result = default;
        string? error = null;
        Thread thread = new(() =>
        {
            try
            {
                Enter("/run/netns/" + name);
                result = action();
            }
            catch (Exception e) when (e is InvalidOperationException or IOException or System.Net.Sockets.SocketException)
            {
                error = e.Message;
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? result! : throw new InvalidOperationException(error);
    }

    private static void Enter(string path)
    {
        int fd = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (fd < 0 || Libc.setns(fd, Libc.CLONE_NEWNET) != 0)
        {
            throw new InvalidOperationException($"{path}: {Libc.ErrorText(Libc.Errno)}");
        }

        _ = Libc.close(fd);
    }
}
