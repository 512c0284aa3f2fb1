using BenchmarkDotNet.Running;
using CourseLib.Benchmarks.Contenders;
using CourseLib.Benchmarks.Running;

switch (args)
{
    case ["compare", .. string[] options]:
        return await CompareCommand.RunAsync(options);

    // What `compare` starts for each contender.
    case ["serve", string contender]:
        return Server.Run(contender);

    default:
        BenchmarkSwitcher.FromAssembly(typeof(Server).Assembly).Run(args);
        return 0;
}
