using CourseLib.Tensors;

namespace CourseLib.Tests.Properties;

/// <summary>Operations on two tensors of different shapes, and their gradients, against loops in double.</summary>
public class BroadcastingTests
{
    private static readonly Dictionary<string, Operation> Operations = new()
    {
        ["Add"] = new((a, b) => a + b, (a, b) => a + b, (_, _) => 1, (_, _) => 1),
        ["Subtract"] = new((a, b) => a - b, (a, b) => a - b, (_, _) => 1, (_, _) => -1),
        ["Multiply"] = new((a, b) => a * b, (a, b) => a * b, (_, b) => b, (a, _) => a),
        ["Divide"] = new((a, b) => a / b, (a, b) => a / b, (_, b) => 1 / b, (a, b) => -a / (b * b)),
        ["Maximum"] = new((a, b) => a.Maximum(b), Math.Max, (a, b) => a > b ? 1 : 0, (a, b) => a > b ? 0 : 1),
    };

    [Fact]
    public void Values_and_gradients_are_those_of_the_loop() => Case.ForAll(11_000_000, c =>
    {
        Shape shape = c.Shape("shape", maxSize: 4);
        Shape aShape = Narrow(c, "a", shape);
        Shape bShape = Narrow(c, "b", shape);
        Shape result = Shape.Broadcast("Try", aShape, bShape);
        Operation operation = Operations[c.Pick("operation", [.. Operations.Keys])];
        Tensor a = c.Numbers(aShape).AsParameter();
        Tensor b = c.Numbers(bShape, awayFromZero: true).AsParameter();
        Tensor y = operation.Tensors(a, b);
        Assert.Equal(result, y.Shape);

        Tensor weights = c.Numbers(result);
        (y * weights).Sum().Backward();
        double[] da = new double[a.Length], db = new double[b.Length], daSize = new double[a.Length], dbSize = new double[b.Length];
        for (int flat = 0; flat < y.Length; flat++)
        {
            int[] index = Places.Of(flat, result);
            int i = Places.Broadcast(index, aShape);
            int j = Places.Broadcast(index, bShape);
            double left = a.Span[i], right = b.Span[j];

            // A float operation rounds once; the same one in double, rounded afterwards, gives the same float.
            Assert.Equal((float)operation.Numbers(left, right), y.Span[flat]);
            double toA = weights.Span[flat] * operation.ByA(left, right), toB = weights.Span[flat] * operation.ByB(left, right);
            (da[i], daSize[i]) = (da[i] + toA, daSize[i] + Math.Abs(toA));
            (db[j], dbSize[j]) = (db[j] + toB, dbSize[j] + Math.Abs(toB));
        }

        Places.Close(da, daSize, a.Grad.Span);
        Places.Close(db, dbSize, b.Grad.Span);
    });

    [Fact]
    public void Shapes_that_do_not_broadcast_are_refused_by_name() => Case.ForAll(12_000_000, c =>
    {
        Shape shape = c.Shape("shape", minRank: 1, maxSize: 4);
        Shape aShape = Narrow(c, "a", shape);
        while (aShape.Rank == 0)
        {
            aShape = Narrow(c, "a", shape);
        }

        // Widened where it is not one, so that one axis cannot agree.
        int axis = c.Int("axis", 1, aShape.Rank);
        Shape left = aShape[-axis] == 1 ? aShape.With(-axis, 2) : aShape;
        Shape right = Narrow(c, "b", left);
        right = right.Rank < axis ? left.With(-axis, left[-axis] + 2) : right.With(-axis, left[-axis] + 2);
        Tensor a = c.Numbers(left), b = c.Numbers(right);
        string name = c.Pick("operation", [.. Operations.Keys]);
        c.Refused(() => Operations[name].Tensors(a, b), name, left.ToString(), right.ToString());
        c.Refused(() => Operations[name].Tensors(b, a), name, left.ToString(), right.ToString());
    });

    [Fact]
    public void A_number_is_a_tensor_without_axes() => Case.ForAll(13_000_000, c =>
    {
        Tensor x = c.Numbers(c.Shape("shape"), awayFromZero: true);
        float number = c.Pick("number", -2f, 0.5f, 3f);
        Tensor scalar = Tensor.Scalar(number);
        Assert.Equal((x + scalar).ToArray(), (x + number).ToArray());
        Assert.Equal((x - scalar).ToArray(), (x - number).ToArray());
        Assert.Equal((scalar - x).ToArray(), (number - x).ToArray());
        Assert.Equal((x * scalar).ToArray(), (x * number).ToArray());
        Assert.Equal((x / scalar).ToArray(), (x / number).ToArray());
        Assert.Equal((scalar / x).ToArray(), (number / x).ToArray());
    });

    /// <summary>A shape that broadcasts to <paramref name="shape"/>: some sizes set to 1, some leading axes left out.</summary>
    private static Shape Narrow(Case c, string name, in Shape shape)
    {
        int[] sizes = shape.ToArray()[c.Int(name + " without", 0, shape.Rank)..];
        return c.Show(name, new Shape([.. sizes.Select(size => c.Int("narrow", 0, 2) == 0 ? 1 : size)]));
    }

    private sealed record Operation(
        Func<Tensor, Tensor, Tensor> Tensors, Func<double, double, double> Numbers, Func<double, double, double> ByA, Func<double, double, double> ByB);
}
