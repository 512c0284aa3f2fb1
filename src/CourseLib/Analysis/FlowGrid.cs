using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>A grid of places for pictures of a plane flow (that of a physics-informed loss; lecture lbd, "Функции потерь"): its speed, and the streamfunction ψ with u = ∂ψ/∂y, v = -∂ψ/∂x, whose contours are the streamlines (линии тока).</summary>
/// <remarks>Row r of a picture has y = Y[r], column c has x = X[c].</remarks>
public sealed class FlowGrid
{
    /// <param name="x">The least and the greatest x.</param>
    /// <param name="y">The least and the greatest y.</param>
    /// <param name="columns">Places along x.</param>
    /// <param name="rows">Places along y.</param>
    public FlowGrid((double From, double To) x, (double From, double To) y, int columns, int rows)
    {
        Requires.AtLeast(nameof(FlowGrid), nameof(columns), columns, 2);
        Requires.AtLeast(nameof(FlowGrid), nameof(rows), rows, 2);
        X = [.. Enumerable.Range(0, columns).Select(i => x.From + ((x.To - x.From) * i / (columns - 1)))];
        Y = [.. Enumerable.Range(0, rows).Select(i => y.From + ((y.To - y.From) * i / (rows - 1)))];
        Places = Tensor.From(Y.SelectMany(v => X.SelectMany(u => new[] { u, v })).ToArray(), rows * columns, 2);
    }

    /// <summary>The columns' x.</summary>
    public double[] X { get; }

    /// <summary>The rows' y.</summary>
    public double[] Y { get; }

    /// <summary>All places, row by row: [rows · columns, 2].</summary>
    public Tensor Places { get; }

    /// <summary>√(u² + v²) at each place.</summary>
    /// <param name="flow">u and v in the first two columns, a row for each of <see cref="Places"/>.</param>
    public double[,] Speed(Tensor flow)
    {
        Check(nameof(Speed), flow);
        double[,] speed = new double[Y.Length, X.Length];
        for (int i = 0; i < speed.Length; i++)
        {
            speed[i / X.Length, i % X.Length] = Math.Sqrt((flow[i, 0] * flow[i, 0]) + (flow[i, 1] * flow[i, 1]));
        }

        return speed;
    }

    /// <summary>ψ by trapezes from the first place, where it is 0: -v along the first row, then u up each column. On another way it is the same only as far as the flow keeps its volume.</summary>
    /// <param name="flow">As for <see cref="Speed"/>.</param>
    public double[,] Streamfunction(Tensor flow)
    {
        Check(nameof(Streamfunction), flow);
        double[,] psi = new double[Y.Length, X.Length];
        double At(int row, int column, int part) => flow[(row * X.Length) + column, part];
        for (int c = 0; c < X.Length; c++)
        {
            psi[0, c] = c == 0 ? 0 : psi[0, c - 1] - ((X[c] - X[c - 1]) * (At(0, c - 1, 1) + At(0, c, 1)) / 2);
            for (int r = 1; r < Y.Length; r++)
            {
                psi[r, c] = psi[r - 1, c] + ((Y[r] - Y[r - 1]) * (At(r - 1, c, 0) + At(r, c, 0)) / 2);
            }
        }

        return psi;
    }

    private void Check(string operation, Tensor flow)
    {
        if (flow.Rank != 2 || flow.Shape[0] != X.Length * Y.Length || flow.Shape[1] < 2)
        {
            throw new ArgumentException($"FlowGrid.{operation}: expected a flow of shape ({X.Length * Y.Length}, 2) or more columns, got {flow.Shape}.", nameof(flow));
        }
    }
}
