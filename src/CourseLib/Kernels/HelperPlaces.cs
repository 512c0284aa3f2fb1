using System.Runtime.InteropServices;

namespace CourseLib.Kernels;

/// <summary>Keeps the helpers off the processor of the thread that they are to help, on Linux.</summary>
/// <remarks>
/// A thread is woken where it ran last or where its waker runs, unless another processor is seen to be idle; and in a virtual machine one that waits for work may look as if the host had taken it.
/// Then a helper lies behind the very thread that it was to help, for as long as that has something to do. On all other processors that the process may use it runs as the system likes.
/// </remarks>
internal static unsafe class HelperPlaces
{
    private const int Words = 16; // 1024 processors, as many as a set has in the C library
    private const int SetSize = Words * sizeof(ulong);

    private static readonly Lock Gate = new();
    private static readonly ulong[] Allowed = new ulong[Words];

    private static int[] helpers = [];
    private static int avoided = -1;

    /// <summary>The calling thread is a helper from now on.</summary>
    public static void Add()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        try
        {
            lock (Gate)
            {
                fixed (ulong* allowed = Allowed)
                {
                    if (helpers.Length == 0 && GetAffinity(0, SetSize, allowed) < 0)
                    {
                        return;
                    }
                }
                Volatile.Write(ref helpers, [.. helpers, GetThreadId()]);
                Volatile.Write(ref avoided, -1);
            }
        }
        catch (TypeLoadException)
        {
            // no C library of that name, or one without these calls: the system chooses alone
        }
    }

    /// <summary>Where the calling thread runs no helper is put from now on. Costs nothing to speak of as long as it stays there.</summary>
    public static void KeepOffThisProcessor()
    {
        int[] known = Volatile.Read(ref helpers);
        if (known.Length == 0)
        {
            return;
        }
        int here = GetProcessor();
        if (here == Volatile.Read(ref avoided) || here is < 0 or >= Words * 64)
        {
            return;
        }
        Volatile.Write(ref avoided, here);
        ulong* others = stackalloc ulong[Words];
        Allowed.CopyTo(new Span<ulong>(others, Words));
        others[here / 64] &= ~(1UL << (here % 64));
        foreach (int helper in known)
        {
            _ = SetAffinity(helper, SetSize, others); // refused where no processor is left: then it stays as it was
        }
    }

    [DllImport("libc", EntryPoint = "gettid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetThreadId();

    [DllImport("libc", EntryPoint = "sched_getcpu")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern int GetProcessor();

    [DllImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAffinity(int thread, nint size, ulong* processors);

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, nint size, ulong* processors);
}
