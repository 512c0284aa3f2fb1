using System.CommandLine;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Kernel;

// Before anything else is set up: a kernel starts once for each notebook.
if (args is [KernelCommandLine.Command, var pipe])
{
    return KernelServer.Run(pipe);
}

RootCommand course = new("The deep-learning course: run its notebooks, verify their claims, make the book")
{
    RunCommand.Create(),
    ListCommand.Create(),
    CleanCommand.Create(),
    DataCommand.Create(),
    VersionCommand.Create(),
    DoctorCommand.Create(),
};

// Ctrl+C cancels; what ran until then still has to become a report and a book.
return await course.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
