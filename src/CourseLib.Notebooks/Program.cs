using System.CommandLine;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Kernel;

// Before anything else is set up: a kernel starts once for each notebook.
if (args is [KernelCommandLine.Command, var pipe])
{
    return KernelServer.Run(pipe);
}

// Ctrl+C cancels; what ran until then still has to become a report and a book.
return await CourseCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
