using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// The way of one of the library's optimizers through a gradient that is given as a formula (lecture cnn, "Метод моментов" and "Адаптивные методы
/// градиентного спуска", whose pictures are such ways): for pictures, and to hold a formula written by hand against the library.
/// </summary>
/// <param name="Points">x_0 … x_K. The optimizer keeps its point in float32; the gradient is asked for in double.</param>
public sealed record OptimizerPath(IReadOnlyList<double[]> Points)
{
    /// <summary>K, the number of steps.</summary>
    public int Steps => Points.Count - 1;

    /// <summary>x_K.</summary>
    public double[] End => Points[^1];

    /// <summary>One coordinate of x_0 … x_K, for charts.</summary>
    public double[] Coordinate(int index) => [.. Points.Select(point => point[index])];

    /// <summary>|x_k - x_(k-1)| in one coordinate, for k = 1 … K.</summary>
    public double[] StepLengths(int index) => [.. Points.Zip(Points.Skip(1), (from, to) => Math.Abs(to[index] - from[index]))];

    /// <summary>The largest distance of the two ways in any coordinate after any number of steps; NaN where one of them is not a number.</summary>
    /// <exception cref="ArgumentException">The ways have not the same number of steps and coordinates.</exception>
    public double Distance(OptimizerPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Requires.Length(nameof(Distance), nameof(other), other.Points.Count, Points.Count, "as many points as this way");
        double largest = 0;
        for (int k = 0; k < Points.Count; k++)
        {
            Requires.Length(nameof(Distance), nameof(other), other.Points[k].Length, Points[k].Length, "as many coordinates as this way");
            for (int i = 0; i < Points[k].Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(Points[k][i] - other.Points[k][i])); // Math.Max keeps a NaN
            }
        }

        return largest;
    }

    /// <summary>Walks by a formula written by hand, in double precision, to be held against <see cref="Walk"/>.</summary>
    /// <param name="update">What step t, from 1, adds to coordinate i whose derivative is g; asked once for each, in order, so that it may remember.</param>
    /// <param name="gradient">The gradient at a point.</param>
    /// <param name="start">x_0.</param>
    /// <param name="steps">K.</param>
    /// <exception cref="ArgumentException">The start is empty, or the gradient has another length than the point.</exception>
    public static OptimizerPath ByHand(Func<int, int, double, double> update, Func<double[], double[]> gradient, double[] start, int steps)
    {
        ArgumentNullException.ThrowIfNull(update);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(start);
        Requires.AtLeast(nameof(ByHand), "length of start", start.Length, 1);
        Requires.AtLeast(nameof(ByHand), nameof(steps), steps, 0);
        double[][] points = new double[steps + 1][];
        points[0] = [.. start];
        for (int t = 1; t <= steps; t++)
        {
            double[] next = [.. points[t - 1]], slope = gradient([.. next]);
            Requires.Length(nameof(ByHand), nameof(gradient), slope.Length, start.Length, "as many numbers as the point");
            for (int i = 0; i < next.Length; i++)
            {
                next[i] += update(t, i, slope[i]);
            }

            points[t] = next;
        }

        return new OptimizerPath(points);
    }

    /// <summary>Lets an optimizer walk.</summary>
    /// <param name="make">Makes the optimizer of one parameter of shape (d), such as <c>p => new SGD(p, 0.1)</c>.</param>
    /// <param name="gradient">The gradient at a point; it is asked once for each step, in order, so that it may draw random numbers.</param>
    /// <param name="start">x_0, d numbers.</param>
    /// <param name="steps">K.</param>
    /// <param name="rate">The learning rate of step k, from 0; null leaves the optimizer's.</param>
    /// <param name="project">Brings each coordinate back into its set after a step, such as <c>x => Math.Clamp(x, -1, 1)</c> (projected descent); null leaves it.</param>
    /// <exception cref="ArgumentException">The start is empty, or the gradient has another length than the point.</exception>
    public static OptimizerPath Walk(Func<Tensor[], Optimizer> make, Func<double[], double[]> gradient, double[] start, int steps, Schedule? rate = null, Func<double, double>? project = null)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(start);
        Requires.AtLeast(nameof(Walk), "length of start", start.Length, 1);
        Requires.AtLeast(nameof(Walk), nameof(steps), steps, 0);
        Tensor point = Tensor.From(start).AsParameter();
        Optimizer optimizer = make([point]);
        point.Sum().Backward(); // makes the gradient's memory, which every step then fills
        double[]? rates = rate?.Rates(steps);
        double[][] points = new double[steps + 1][];
        points[0] = Read(point.Span);
        for (int k = 0; k < steps; k++)
        {
            double[] slope = gradient([.. points[k]]);
            Requires.Length(nameof(Walk), nameof(gradient), slope.Length, start.Length, "as many numbers as the point");
            Write(slope, point.Grad.Span);
            optimizer.LearningRate = rates?[k] ?? optimizer.LearningRate;
            optimizer.Step();
            Project(point.Span, project);
            points[k + 1] = Read(point.Span);
        }

        return new OptimizerPath(points);
    }

    private static double[] Read(ReadOnlySpan<float> from)
    {
        double[] numbers = new double[from.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = from[i];
        }

        return numbers;
    }

    private static void Project(Span<float> point, Func<double, double>? project)
    {
        for (int i = 0; project is not null && i < point.Length; i++)
        {
            point[i] = (float)project(point[i]);
        }
    }

    private static void Write(double[] from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }
}
