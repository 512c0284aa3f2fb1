using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary><see cref="Lsuv"/> for a whole network (Mishkin and Matas 2016, algorithm 1; lecture perc, "Инициализация весов").</summary>
public static class LsuvOfModels
{
    /// <summary>
    /// Initialises the <see cref="Linear"/> and <see cref="Conv2d"/> layers of a network one after the other, each on what the layers before it, already
    /// initialised, make of the batch: weights by <see cref="Lsuv"/>, biases 0. Runs in evaluation mode: dropout is off, and batch normalisation,
    /// which would hide the variances, uses its running averages and leaves them alone.
    /// </summary>
    /// <param name="rule">Tolerance and number of attempts.</param>
    /// <param name="model">A layer, or a <see cref="Sequential"/>, <see cref="Residual"/> or <see cref="Branches"/> of layers.</param>
    /// <param name="batch">Inputs of the network, a few hundred examples.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <returns>The path of each layer and the variance of its output at the end.</returns>
    /// <exception cref="ArgumentException">A module that is none of the three has layers inside, whose order is not known.</exception>
    /// <exception cref="InvalidOperationException">A layer's output has no variance: it is constant or not finite.</exception>
    public static IReadOnlyList<(string Name, float Variance)> Apply(this Lsuv rule, Module model, Tensor batch, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(model);
        List<(string Name, float Variance)> variances = [];
        using EvaluationMode evaluation = new(model);
        using NoGrad off = new();
        Visit(rule, model, "", batch, generator, variances);
        return variances;
    }

    private static Tensor Visit(Lsuv rule, Module module, string path, Tensor x, Generator? generator, List<(string Name, float Variance)> variances)
    {
        if (module is Sequential)
        {
            return module.Children.Aggregate(x, (input, child) => Visit(rule, child.Module, Path(path, child.Name), input, generator, variances));
        }

        if (module is Residual or Branches)
        {
            foreach ((string name, Module body) in module.Children)
            {
                Visit(rule, body, Path(path, name), x, generator, variances);
            }
        }
        else if (module is Linear or Conv2d)
        {
            (Tensor weight, Tensor? bias) = module is Linear linear ? (linear.Weight, linear.Bias) : (((Conv2d)module).Weight, ((Conv2d)module).Bias);
            bias?.Fill(0);
            variances.Add((path, rule.Apply(weight, () => module.Forward(x), generator)));
        }
        else if (module.Children.Count > 0)
        {
            throw new ArgumentException($"Lsuv: cannot tell in which order {module.GetType().Name} uses its parts; expected Sequential, Residual or Branches. Apply the rule to its layers one by one.", nameof(module));
        }

        return module.Forward(x);
    }

    private static string Path(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";
}
