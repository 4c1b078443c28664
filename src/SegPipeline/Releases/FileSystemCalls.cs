using System.Runtime.InteropServices;

namespace SegPipeline.Releases;

/// <summary>
/// What the class library lacks: hard links, swapping two folders in one step, and making a rename durable. Each tells
/// whether it worked; the caller knows a slower way.
/// </summary>
internal static class FileSystemCalls
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Gives a file a second name; false where the file system cannot (another disk, no hard links).</summary>
    public static bool TryHardLink(string existing, string name)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? CreateHardLinkW(name, existing, 0)
                : link(existing, name) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// Swaps two folders of one file system such that at every moment both names exist; false where the system cannot.
    /// </summary>
    public static bool TryExchange(string folder, string other)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return renameat2(CurrentFolder, folder, CurrentFolder, other, Exchange) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// Gives a link that leads to a folder the name of another, which is replaced in one step; on Windows, which has no
    /// such step, there is none of that name for a moment.
    /// </summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void ReplaceLink(string fresh, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            if (Directory.Exists(name)) Directory.Delete(name);
            Directory.Move(fresh, name);
        }
        else if (rename(fresh, name) != 0)
            throw new IOException($"the link {name} cannot be replaced; is it a folder or a file of somebody else?");
    }

    /// <summary>
    /// Makes the entries of a folder (its new, renamed and removed files) survive a power failure. On Windows there is
    /// no such call and no need for one.
    /// </summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = open(folder, ReadOnly);
        if (descriptor < 0) return; // A folder we may write but not list: the rename stands, only later on disk.
        _ = fsync(descriptor);
        _ = close(descriptor);
    }

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link(string existing, string name);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rename(string oldName, string newName);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int renameat2(int oldFolder, string oldName, int newFolder, string newName, uint flags);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(string name, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLinkW(string name, string existing, nint securityAttributes);
}
