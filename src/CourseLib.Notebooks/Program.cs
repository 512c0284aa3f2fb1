using CourseLib.Notebooks.Kernel;
using CourseLib.Notebooks.Running;

if (args is [KernelProcess.KernelCommand, var pipe])
{
    return KernelServer.Run(pipe);
}
var sw = System.Diagnostics.Stopwatch.StartNew();
await using var k = await KernelProcess.StartAsync(new(".", 1, null, false));
Console.WriteLine($"start {sw.ElapsedMilliseconds}");
var n = 0;
foreach (var cell in File.ReadAllText(args[0]).Split("\n---\n"))
{
    var o = new CellOutputs(++n);
    sw.Restart();
    var (s, e) = await k.RunAsync(cell, n, TimeSpan.FromSeconds(3), o);
    o.EndStream();
    Console.WriteLine($"[{n}] {sw.ElapsedMilliseconds} ms {s} {e} {o.Outputs.ToJsonString()}");
}
return 0;
