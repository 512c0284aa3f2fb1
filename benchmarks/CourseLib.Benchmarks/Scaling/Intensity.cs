using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>Operations and bytes of a work, as its formula has them: each operand read once, each result written once, a multiply-add two operations.</summary>
/// <param name="Flops">Operations.</param>
/// <param name="Bytes">Bytes.</param>
internal readonly record struct Intensity(double Flops, double Bytes)
{
    // Operations for each element (for a pooling, each input): counted in the formulas; an exponential is its polynomial of degree 5 and what brings the
    // argument into its range.
    private static readonly (string Group, double Operations)[] PerElement = [("exp", 16), ("adam", 13), ("sgdm", 4), ("batchnorm", 7), ("maxpool", 0.75)];

    /// <summary>Operations for each byte: how often what is moved is used.</summary>
    public double Ratio => Flops / Bytes;

    /// <summary>Of a product, a convolution, or a work that goes through its elements once.</summary>
    public static Intensity Of(string name)
    {
        Work work = WorkCatalog.Find(name);
        if (GemmWorks.Parse(name) is { } g)
        {
            return new(work.Flops, sizeof(float) * (((double)g.M * g.K) + ((double)g.K * g.N) + ((double)g.M * g.N)));
        }

        if (ConvolutionWorks.ShapeOf(name) is { } shape)
        {
            return new(work.Flops, sizeof(float) * (double)(shape.InputLength + shape.WeightsLength + shape.OutputLength));
        }

        double operations = PerElement.Single(entry => entry.Group == work.Group).Operations;
        double elements = work.Group switch
        {
            "adam" => work.Bytes / (7 * sizeof(float)),
            "sgdm" => work.Bytes / (5 * sizeof(float)),
            "maxpool" => work.Bytes / (1.25 * sizeof(float)),
            _ => work.Bytes / (2 * sizeof(float)),
        };
        return new(operations * elements, work.Bytes);
    }

    /// <summary>Gigaflops that were reached.</summary>
    public double Reached(double microseconds) => Flops / microseconds / 1e3;
}
