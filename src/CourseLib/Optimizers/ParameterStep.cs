namespace CourseLib.Optimizers;

/// <summary>What an optimizer needs to move one parameter.</summary>
public readonly ref struct ParameterStep
{
    internal ParameterStep(int index, int number, Span<float> parameter, ReadOnlySpan<float> gradient, double learningRate, double weightDecay)
    {
        (Index, Number, LearningRate, WeightDecay) = (index, number, learningRate, weightDecay);
        Parameter = parameter;
        Gradient = gradient;
    }

    /// <summary>The parameter's position, to find its state by.</summary>
    public int Index { get; }

    /// <summary>How many steps this parameter takes with this one; a parameter without a gradient takes none.</summary>
    public int Number { get; }

    /// <summary>Its numbers, to be changed.</summary>
    public Span<float> Parameter { get; }

    /// <summary>dL/d(parameter).</summary>
    public ReadOnlySpan<float> Gradient { get; }

    /// <summary>The learning rate, that of its group if it has one.</summary>
    public double LearningRate { get; }

    /// <summary>The weight decay, that of its group if it has one.</summary>
    public double WeightDecay { get; }
}
