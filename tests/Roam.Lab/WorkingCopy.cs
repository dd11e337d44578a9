namespace Roam.Lab;

/// <summary>The tree that this program was built from.</summary>
internal static class WorkingCopy
{
    /// <summary>A path in it, found from the built program's place; null outside of a working copy.</summary>
    public static string? Find(params string[] path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Roam.slnx")))
            {
                return Path.Combine([folder.FullName, .. path]);
            }
        }

        return null;
    }
}
