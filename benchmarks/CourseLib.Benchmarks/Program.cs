using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using CourseLib.Benchmarks.Accuracy;
using CourseLib.Benchmarks.Contenders;
using CourseLib.Benchmarks.Running;
using CourseLib.Benchmarks.Scaling;
using CourseLib.Benchmarks.Startup;

switch (args)
{
    case ["compare", .. string[] options]:
        return await CompareCommand.RunAsync(options);

    // What `compare` starts for each contender.
    case ["serve", string contender]:
        return Server.Run(contender);

    case ["accuracy"]:
        Console.WriteLine(ConvolutionAccuracy.Markdown());
        return 0;

    case ["scaling"]:
        return await ScalingCommand.RunAsync();

    case ["startup"]:
        return StartupCommand.Run();

    // What `startup` starts.
    case ["start", string subject, string what]:
        return StartupChild.Run(subject, listens: what == "methods");

    default:
        SummaryStyle wide = SummaryStyle.Default.WithMaxParameterColumnWidth(40); // a work's whole name
        BenchmarkSwitcher.FromAssembly(typeof(Server).Assembly).Run(args, DefaultConfig.Instance.WithSummaryStyle(wide));
        return 0;
}
