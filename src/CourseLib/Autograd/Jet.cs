using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// A function's value together with its first and second derivatives with respect to the inputs, computed forward: u, u_i and u_ij. With them a loss can
/// hold a differential equation (physics-informed loss: Raissi et al. 2019; lecture lbd, "Функции потерь", the residuals e1, e2, e3 of Navier and Stokes).
/// </summary>
/// <remarks>
/// <para>Each operation has the rule by which derivatives pass through it (a Taylor polynomial cut off after the second order): for y = f(u) the chain rule y_i = f'(u) u_i,
/// y_ij = f''(u) u_i u_j + f'(u) u_ij; for a product (u v)_ij = u_ij v + u_i v_j + u_j v_i + u v_ij. All parts are ordinary tensors made by differentiable
/// operations, so <see cref="Tensor.Backward()"/> on a loss made of them gives the gradient with respect to the weights.</para>
/// <code>
/// Jet x = Jet.Of(points);                          // [B, 2]: x and y
/// Jet u = model.Forward(x);                        // [B, 1]
/// Tensor residual = u.Laplacian() - source;        // u_xx + u_yy = f
/// residual.Square().Mean().Backward();
/// </code>
/// <para>Why forward: n inputs are few (x, y, t), and one pass carries them all; backward twice would need every Backward to be differentiable itself. The cost is one forward pass for
/// each part, 1 + n + n (n + 1) / 2 in full; ask for fewer pairs where the equation has fewer. The list of parts is an ordinary object, the tensors are lent by a
/// <see cref="Tape"/> as all others.</para>
/// </remarks>
public sealed partial class Jet
{
    private readonly JetLayout layout;

    // Null is zero: a coordinate's second derivatives, and all those of a constant, cost nothing.
    private readonly Tensor?[] first;
    private readonly Tensor?[] second;

    private Jet(JetLayout layout, Tensor value)
    {
        (this.layout, Value) = (layout, value);
        (first, second) = (new Tensor?[layout.Directions], new Tensor?[layout.Pairs.Length]);
    }

    /// <summary>u itself.</summary>
    public Tensor Value { get; }

    /// <summary>The number of inputs n, by which is differentiated.</summary>
    public int Directions => layout.Directions;

    /// <summary>True when second derivatives are carried, some or all.</summary>
    public bool HasSecond => second.Length > 0;

    /// <summary>The coordinates as functions of themselves, with all second derivatives to come: u_i is 1 in column i, u_ij is 0.</summary>
    /// <param name="x">Points [B, n].</param>
    /// <exception cref="ArgumentException">x is not a matrix.</exception>
    public static Jet Of(Tensor x) => Seeded(x, JetLayout.Full(Columns(x)));

    /// <summary>The coordinates as functions of themselves, with the second derivatives that are named; none for <c>[]</c>.</summary>
    /// <param name="x">Points [B, n].</param>
    /// <param name="second">Pairs of inputs, such as <c>[(0, 0), (1, 1)]</c> for u_xx and u_yy; the order within a pair does not matter.</param>
    /// <exception cref="ArgumentException">x is not a matrix, or a pair comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A pair names an input that is not there.</exception>
    public static Jet Of(Tensor x, ReadOnlySpan<(int I, int J)> second) => Seeded(x, new JetLayout(Columns(x), second));

    /// <summary>A value that does not depend on the inputs, to calculate with this one: its derivatives are 0. A number needs no such step.</summary>
    /// <param name="value">Of any shape that broadcasts. It may depend on parameters, but not on the points.</param>
    public Jet Constant(Tensor value) => new(layout, value);

    /// <summary>The first derivative by input i, in the shape of <see cref="Value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public Tensor D(int i)
    {
        layout.Check("Jet.D", i);
        return Full(first[i]);
    }

    /// <summary>The second derivative by inputs i and j, in the shape of <see cref="Value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    /// <exception cref="ArgumentException">This jet does not carry it.</exception>
    public Tensor D(int i, int j) => Full(second[layout.Place(i, j)]);

    /// <summary>The sum of the second derivatives u_ii over some of the inputs, such as (0, 1) for x and y where 2 is the time; over all when none is named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    /// <exception cref="ArgumentException">This jet does not carry u_ii.</exception>
    public Tensor Laplacian(params ReadOnlySpan<int> inputs)
    {
        Tensor? sum = null;
        for (int at = 0; at < (inputs.Length == 0 ? Directions : inputs.Length); at++)
        {
            int i = inputs.Length == 0 ? at : inputs[at];
            sum = Plus(sum, second[layout.Place(i, i)]);
        }

        return Full(sum);
    }

    /// <summary>One of several outputs: column k of a value [B, m], as [B, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public Jet Column(int k)
    {
        Columns(Value);
        return Each(Value.Slice(1, k, 1), part => (part.Shape == Value.Shape ? part : Full(part)).Slice(1, k, 1));
    }

    /// <summary>u W^T + b: a linear map acts on each part alike, but the bias is a constant.</summary>
    /// <param name="weight">W [m, n], for a value [B, n].</param>
    /// <param name="bias">b [m], or null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Jet Linear(Tensor weight, Tensor? bias = null) => Each(Functional.Linear(Value, weight, bias), part => Functional.Linear(Full(part), weight));

    /// <summary>
    /// The chain rule for a function f of each element: for one that is not here, give f(u), f'(u) and f''(u) as tensors of <see cref="Value"/>.
    /// </summary>
    /// <param name="value">f(u).</param>
    /// <param name="slope">f'(u).</param>
    /// <param name="curvature">f''(u); null where it is 0 everywhere.</param>
    public Jet Chain(Tensor value, Tensor slope, Tensor? curvature)
    {
        Jet y = Each(value, part => slope * part);
        for (int at = 0; at < second.Length && curvature is not null; at++)
        {
            (int i, int j) = layout.Pairs[at];
            if (first[i] is { } a && first[j] is { } b)
            {
                y.second[at] = Plus(curvature.Value * (i == j ? a.Square() : a * b), y.second[at]);
            }
        }

        return y;
    }

    /// <summary>The value's shape and which derivatives are there.</summary>
    public override string ToString() => $"Jet {Value.Shape} with derivatives by {layout}";

    private static int Columns(Tensor x) => x.Rank == 2
        ? x.Shape[1]
        : throw new ArgumentException($"Jet: expected points or values (batch, columns), got {x.Shape}.", nameof(x));

    private static Jet Seeded(Tensor x, JetLayout layout)
    {
        Jet jet = new(layout, x);
        for (int i = 0; i < layout.Directions; i++)
        {
            Tensor column = Tensor.Zeros(x.Shape);
            for (int at = i; at < column.Length; at += layout.Directions)
            {
                column.Span[at] = 1;
            }

            jet.first[i] = column;
        }

        return jet;
    }

    /// <summary>A jet with the given value, whose derivatives are a linear function of this one's.</summary>
    private Jet Each(Tensor value, Func<Tensor, Tensor> map)
    {
        Jet y = new(layout, value);
        for (int i = 0; i < first.Length; i++)
        {
            y.first[i] = first[i] is { } part ? map(part) : null;
        }

        for (int at = 0; at < second.Length; at++)
        {
            y.second[at] = second[at] is { } part ? map(part) : null;
        }

        return y;
    }

    /// <summary>A part in the value's shape: zeros for none, repeated where it was narrower.</summary>
    private Tensor Full(Tensor? part) => part is not { } given ? Tensor.Zeros(Value.Shape)
        : given.Shape == Value.Shape ? given : given + Tensor.Zeros(Value.Shape);

    private static Tensor? Plus(Tensor? a, Tensor? b) => a is { } left && b is { } right ? left + right : a ?? b;
}
