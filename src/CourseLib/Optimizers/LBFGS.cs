using CourseLib.Optimizers.Descent;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// L-BFGS for full-batch losses (lecture cnn, "Градиентный спуск"; Liu and Nocedal 1989), always with a search for strong Wolfe steps: <see cref="LimitedMemoryBfgs"/> on tensors.
/// <code>new LBFGS(model.Parameters).Step(() => loss.Forward(model.Forward(x), y));</code>
/// </summary>
/// <remarks>torch searches only with line_search_fn="strong_wolfe" and without it goes lr along each direction; its search interpolates otherwise, so the paths differ and the minima do not.</remarks>
/// <param name="parameters">What to train, for example <c>model.Parameters</c>.</param>
/// <param name="maxIterations">Iterations in one call of <see cref="ClosureOptimizer.Step"/>.</param>
/// <param name="historySize">m, the pairs of updates that are kept.</param>
/// <param name="c1">The share of the promised fall that a step must bring.</param>
/// <param name="c2">The share of the slope that may remain.</param>
/// <param name="stop">When a call ends earlier; at |gradient|² ≤ 1e-14 when null (torch: its largest element at 1e-7).</param>
public sealed class LBFGS(IReadOnlyList<Tensor> parameters, int maxIterations = 20, int historySize = 100, double c1 = 1e-4, double c2 = 0.9, StoppingRule? stop = null)
    : ClosureOptimizer(parameters, new LimitedMemoryBfgs(historySize, new StrongWolfe(c1, c2)), maxIterations, stop);
