using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>Moves parameters along their gradients so that a loss falls.</summary>
/// <remarks>The order of a step: <see cref="ZeroGrad"/>, forward, <c>loss.Backward()</c>, <see cref="Step"/>.</remarks>
public abstract class Optimizer
{
    private readonly Tensor[] parameters;

    /// <param name="parameters">What to train, for example <c>model.Parameters</c>.</param>
    /// <param name="learningRate">The rate; see <see cref="LearningRate"/>.</param>
    /// <exception cref="ArgumentException">There is nothing to train, or a tensor is not a parameter or is named twice.</exception>
    protected Optimizer(IReadOnlyList<Tensor> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        this.parameters = [.. parameters];
        if (this.parameters.Length == 0)
        {
            throw new ArgumentException($"{GetType().Name}: there are no parameters to train.", nameof(parameters));
        }

        HashSet<Tensor> seen = [];
        foreach (Tensor parameter in this.parameters)
        {
            if (!seen.Add(parameter))
            {
                throw new ArgumentException($"{GetType().Name}: '{parameter.Name}' of shape {parameter.Shape} is named twice and would be moved twice in each step.", nameof(parameters));
            }

            if (!parameter.IsLeaf)
            {
                throw new ArgumentException($"{GetType().Name}: '{parameter.Name}' of shape {parameter.Shape} is a result, not a parameter; expected leaves made with AsParameter().", nameof(parameters));
            }
        }

        LearningRate = learningRate;
    }

    /// <summary>The learning rate (скорость обучения); a schedule sets it before a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        set => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"{GetType().Name}: expected a finite learning rate from 0 on, got {value}."));
    }

    /// <summary>How many steps were taken.</summary>
    public int StepCount { get; private set; }

    /// <summary>The parameters, in the order given.</summary>
    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (Tensor parameter in parameters)
        {
            parameter.ZeroGrad();
        }
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void Step()
    {
        StepCount++;
        BeginStep();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].HasGrad)
            {
                Update(i, parameters[i].Span, parameters[i].Grad.Span);
            }
        }
    }

    /// <summary>Computes what is the same for all parameters of a step, such as bias corrections.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Moves one parameter.</summary>
    /// <param name="index">Its position, to find its state by.</param>
    /// <param name="parameter">Its numbers, to be changed.</param>
    /// <param name="gradient">dL/d(parameter).</param>
    protected abstract void Update(int index, Span<float> parameter, ReadOnlySpan<float> gradient);

    /// <summary>Makes one zero tensor in the shape of each parameter, for moments and the like; they outlive every tape.</summary>
    protected Tensor[] MakeState() => Array.ConvertAll(parameters, parameter =>
    {
        Tensor state = parameter.Keep();
        state.Fill(0);
        return state;
    });
}
