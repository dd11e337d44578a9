namespace Roam.Host;

/// <summary>
/// Opens directories of the target one component at a time and never through a symbolic link, so whatever the sender says, nothing is written outside of the directory
/// that the user named. What was opened last stays open: neighbours cost one call.
/// </summary>
internal sealed class FolderCursor(FileSystem files, int root) : IDisposable
{
    private readonly List<TargetFolder> _folders = [];
    private readonly List<int> _fds = [];

    /// <summary>A descriptor for names beneath it (O_PATH), which stays ours; or minus the errno.</summary>
    public int Open(TargetFolder folder)
    {
        if (folder.Parent is null)
        {
            return root;
        }

        if (_folders.Count >= folder.Depth && ReferenceEquals(_folders[folder.Depth - 1], folder))
        {
            Trim(folder.Depth);
            return _fds[^1];
        }

        int above = Open(folder.Parent);
        if (above < 0)
        {
            return above;
        }

        Trim(folder.Depth - 1);
        int fd = files.Open(above, folder.Name, Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_NOFOLLOW);
        if (fd >= 0)
        {
            _folders.Add(folder);
            _fds.Add(fd);
        }

        return fd;
    }

    public void Dispose() => Trim(0);

    private void Trim(int count)
    {
        while (_fds.Count > count)
        {
            files.Close(_fds[^1]);
            _fds.RemoveAt(_fds.Count - 1);
            _folders.RemoveAt(_folders.Count - 1);
        }
    }
}
