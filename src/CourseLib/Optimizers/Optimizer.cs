using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>Moves parameters along their gradients so that a loss falls.</summary>
/// <remarks>The order of a step: <see cref="ZeroGrad"/>, forward, <c>loss.Backward()</c>, <see cref="Step"/>.</remarks>
public abstract class Optimizer
{
    private readonly Tensor[] parameters;
    private readonly double[] rateFactors;
    private readonly double[] weightDecays;
    private readonly List<(string Name, Tensor Value)> state = [];

    // Counts are kept as floats, as in torch, so that the whole state is tensors; from 2^24 on they stay, where every bias correction is 1.
    private readonly Tensor stepCount;
    private readonly Tensor parameterSteps;

    /// <param name="parameters">What to train, for example <c>model.Parameters</c>, or <see cref="ParameterGroups"/> with settings of their own.</param>
    /// <param name="learningRate">The rate; see <see cref="LearningRate"/>.</param>
    /// <param name="weightDecay">The decay of weights that <see cref="ParameterStep.WeightDecay"/> hands to a step; null: this optimizer has none.</param>
    /// <exception cref="ArgumentException">There is nothing to train, a tensor is not a parameter or is named twice, or a group has a setting that the optimizer cannot follow.</exception>
    protected Optimizer(IReadOnlyList<Tensor> parameters, double learningRate, double? weightDecay = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        this.parameters = [.. parameters];
        RequireLeaves();
        LearningRate = InitialLearningRate = learningRate;
        rateFactors = new double[this.parameters.Length];
        Array.Fill(rateFactors, 1);
        weightDecays = new double[this.parameters.Length];
        Array.Fill(weightDecays, Setting.NotNegative(GetType().Name, nameof(weightDecay), weightDecay ?? 0));
        FollowGroups((parameters as ParameterGroups)?.Groups ?? [], hasWeightDecay: weightDecay is not null);
        stepCount = AddState("step_count", Tensor.Zeros(1));
        parameterSteps = AddState("parameter_steps", Tensor.Zeros(this.parameters.Length));
    }

    /// <summary>The learning rate (скорость обучения); a schedule sets it before a step. Groups with a rate of their own keep their ratio to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        set => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"{GetType().Name}: expected a finite learning rate from 0 on, got {value}."));
    }

    /// <summary>How many steps were taken.</summary>
    public int StepCount => (int)stepCount.Span[0];

    /// <summary>The parameters, in the order given.</summary>
    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>
    /// Everything that the next step depends on beside the parameters, the gradients, the settings and <see cref="LearningRate"/>: counts of steps, and
    /// moments as <c>name.i</c> for the parameter at position i, a momentum that a schedule may set. These are the tensors that the optimizer works on, not copies.
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> NamedState => state;

    /// <summary>eta_t of the papers: <see cref="LearningRate"/> relative to the rate at the start, 1 until a schedule changes it.</summary>
    protected double ScheduleFactor => InitialLearningRate > 0 ? LearningRate / InitialLearningRate : 1;

    /// <summary>The rate that the optimizer was made with.</summary>
    protected double InitialLearningRate { get; }

    /// <summary>The settings beside the rate, for <see cref="ToString"/>, in the invariant culture.</summary>
    protected virtual string Settings => "";

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
        stepCount.Span[0]++;
        Span<float> steps = parameterSteps.Span;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].HasGrad)
            {
                Update(new ParameterStep(i, (int)++steps[i], parameters[i].Span, parameters[i].Grad.Span, LearningRate * rateFactors[i], weightDecays[i]));
            }
        }

        EndStep();
    }

    /// <summary>A copy of <see cref="NamedState"/>: with <c>model.CopyState()</c> and <see cref="LearningRate"/> all that is needed to go on later, bit for bit.</summary>
    public IReadOnlyDictionary<string, Tensor> CopyState() => NamedTensors.Copy(state);

    /// <summary>Sets the state to that of an optimizer of the same kind, with the same settings, for parameters of the same shapes.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs; nothing is changed then.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => NamedTensors.Load(GetType().Name, this.state, state);

    /// <summary>The optimizer in one line, such as <c>SGD(lr: 0.1, momentum: 0.9)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{GetType().Name}(lr: {LearningRate}{(Settings.Length > 0 ? ", " : "")}{Settings})");

    /// <summary>Moves one parameter.</summary>
    /// <param name="step">What the step is made of.</param>
    protected abstract void Update(in ParameterStep step);

    /// <summary>Called when every parameter has moved.</summary>
    protected virtual void EndStep()
    {
    }

    /// <summary>Makes one zero tensor in the shape of each parameter, for moments and the like; they outlive every tape and are part of <see cref="NamedState"/>.</summary>
    /// <param name="name">What the tensors are called there.</param>
    protected Tensor[] MakeState(string name)
    {
        Tensor[] tensors = new Tensor[parameters.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = AddState(FormattableString.Invariant($"{name}.{i}"), parameters[i]);
            tensors[i].Fill(0);
        }

        return tensors;
    }

    /// <summary>Makes a tensor of the same numbers that outlives every tape and is part of <see cref="NamedState"/>.</summary>
    protected Tensor AddState(string name, Tensor start)
    {
        Tensor kept = start.Keep().Named(name);
        state.Add((name, kept));
        return kept;
    }

    private void RequireLeaves()
    {
        if (parameters.Length == 0)
        {
            throw new ArgumentException($"{GetType().Name}: there are no parameters to train.", nameof(parameters));
        }

        HashSet<Tensor> seen = [];
        foreach (Tensor parameter in parameters)
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
    }

    private void FollowGroups(IReadOnlyList<ParameterGroup> groups, bool hasWeightDecay)
    {
        int next = 0;
        foreach (ParameterGroup group in groups)
        {
            if (group.LearningRate is not null && InitialLearningRate == 0)
            {
                throw new ArgumentException($"{GetType().Name}: a group has a learning rate of its own, but no ratio to the optimizer's, which is 0.", nameof(groups));
            }

            if (group.WeightDecay is not null && !hasWeightDecay)
            {
                throw new ArgumentException($"{GetType().Name}: a group asks for weight decay, which this optimizer does not have.", nameof(groups));
            }

            for (int end = next + group.Parameters.Count; next < end; next++)
            {
                rateFactors[next] = group.LearningRate / InitialLearningRate ?? 1;
                weightDecays[next] = group.WeightDecay ?? weightDecays[next];
            }
        }
    }
}
