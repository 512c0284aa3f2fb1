using CourseLib.Training;

namespace CourseLib.Polyglot.Tests.Hosting;

/// <summary>Cells that several tests run.</summary>
internal static class Cells
{
    /// <summary>The library that these tests were built with, and what a notebook imports of it.</summary>
    public static readonly string Library = $"""
        #r "{typeof(Trainer).Assembly.Location}"
        using CourseLib.Charts;
        using CourseLib.Data;
        using CourseLib.Kernels;
        using CourseLib.Layers;
        using CourseLib.Losses;
        using CourseLib.Optimizers;
        using CourseLib.Tensors;
        using CourseLib.Training;
        """;

    /// <summary>Sixteen examples, a model with little to learn and its trainer.</summary>
    public const string Small = """
        Generator generator = new(7);
        Dataset data = new(Tensor.RandN([16, 2], generator), Tensor.RandN([16, 1], generator));
        Module model = new Linear(2, 1, generator: generator);
        float[] before = model.Parameters[0].ToArray();
        Trainer trainer = new(model, new Adam(model.Parameters), new MSELoss());
        """;

    /// <summary>Runs cells that must not fail.</summary>
    public static async Task<RealCell> Succeed(RealKernel kernel, params string[] sources)
    {
        RealCell cell = new();
        foreach (string source in sources)
        {
            cell = await kernel.RunAsync(source);
            Assert.True(cell.Error is null, $"{source}\n{cell.Error}");
        }

        return cell;
    }

    /// <summary>The one text that a cell leaves.</summary>
    public static async Task<string> Text(RealKernel kernel, string source) => Assert.Single((await Succeed(kernel, source)).Texts("text/plain"));
}
