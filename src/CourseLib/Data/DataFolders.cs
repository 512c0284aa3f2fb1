namespace CourseLib.Data;

/// <summary>Where data lies.</summary>
public static class DataFolders
{
    /// <summary>The environment variable that names the folder with the user's own files, or a downloaded set ("mnist"), or "shipped"; `course run --data` sets it.</summary>
    public const string Variable = "COURSELIB_DATA";

    /// <summary>The environment variable that moves the folder for downloads.</summary>
    public const string DownloadsVariable = "COURSELIB_DOWNLOADS";

    /// <summary>The folder for downloads, one subfolder for each set: <see cref="DownloadsVariable"/>, else CourseLib/data in the user's local application data.</summary>
    public static string Downloads => Environment.GetEnvironmentVariable(DownloadsVariable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "CourseLib", "data");

    /// <summary>The folder of one downloaded set.</summary>
    /// <param name="set">The set.</param>
    public static string Of(RemoteSet set) => Path.Combine(Downloads, set.Name);
}
