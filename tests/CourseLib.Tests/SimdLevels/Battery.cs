using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Data;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Models;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Training;
using CourseLib.Training;
using Module = CourseLib.Layers.Module;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.SimdLevels;

/// <summary>
/// A fixed battery of results, hashed: forward values, gradients, derivatives by the inputs, steps of optimizers, a training run. Whatever activation or optimizer can be made without
/// arguments takes part by itself. For one level of registers the hashes are the same at any number of threads.
/// </summary>
internal static class Battery
{
    /// <summary>Computes each result and its hash.</summary>
    internal static IEnumerable<(string Name, string Hash)> Run() =>
        Kernels().Concat(Activations()).Concat(Layers()).Concat(Jets()).Concat(Machine()).Concat(Network()).Concat(Optimizers()).Concat(Training()).Select(result => (result.Name, Hash(result.Numbers)));

    /// <summary>The SHA-256 of the numbers' bits.</summary>
    internal static string Hash(ReadOnlySpan<float> numbers) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(numbers)))[..16];

    private static IEnumerable<(string Name, float[] Numbers)> Kernels()
    {
        foreach ((int m, int n, int k) in new[] { (64, 128, 784), (300, 10, 500), (257, 263, 300), (460, 620, 500) })
        {
            Tensor a = Numbers(m, k), b = Numbers(k, n);
            yield return (FormattableString.Invariant($"matmul {m}x{n}x{k}"), a.MatMul(b).ToArray());
        }

        Tensor long1 = Numbers(300_007), wide = Numbers(5000, 300);
        foreach ((string name, Func<Tensor, Tensor> function) in new (string, Func<Tensor, Tensor>)[]
        {
            ("exp", x => x.Exp()), ("log", x => x.Square().Log()), ("sqrt", x => x.Abs().Sqrt()), ("tanh", x => x.Tanh()), ("sigmoid", x => x.Sigmoid()), ("pow", x => x.Abs().Pow(1.5)),
            ("sum", x => x.Sum()), ("variance", x => x.Variance()),
        })
        {
            yield return ("elements " + name, function(long1).ToArray());
        }

        yield return ("sums of rows", wide.Sum(1).ToArray());
        yield return ("sums of columns", wide.Sum(0).ToArray());
        yield return ("log-softmax", Functional.LogSoftmax(wide).ToArray());
        yield return ("random numbers", Tensor.RandN([200_001], new Generator(4)).ToArray());
    }

    private static IEnumerable<(string Name, float[] Numbers)> Activations()
    {
        foreach (Type type in Concrete(typeof(Module)).Where(type => type.Namespace == "CourseLib.Activations"))
        {
            // An activation that works channel by channel is told how many there are.
            if (Make<Module>(type, parameter => parameter.ParameterType == typeof(int) ? 6 : null) is not { } activation)
            {
                continue;
            }

            activation.Eval();
            Tensor x = (activation is Maxout ? Numbers(2000, 6) : Numbers(33, 6, 9, 7)).AsParameter(); // Maxout is a layer of features
            Tensor y = activation.Forward(x);
            (y * Tensor.RandN(y.Shape, new Generator(5))).Sum().Backward();
            yield return ($"{type.Name} values", y.ToArray());
            yield return ($"{type.Name} gradients", Gradients([x, .. activation.Parameters]));
        }
    }

    private static IEnumerable<(string Name, float[] Numbers)> Layers()
    {
        Generator generator = new(9);
        foreach (Module layer in new Module[]
        {
            new LocallyConnected2d(3, 5, 13, 11, 3, stride: 2, padding: 1, generator: generator), new ConvTranspose2d(3, 7, 3, stride: 2, padding: 1, outputPadding: 1, generator: generator),
            new ConvTranspose2d(3, 20, 5, generator: generator),
        })
        {
            Tensor x = Numbers(17, 3, 13, 11).AsParameter();
            Tensor y = layer.Forward(x);
            (y * Tensor.RandN(y.Shape, new Generator(5))).Sum().Backward();
            yield return ($"{layer}: values", y.ToArray());
            yield return ($"{layer}: gradients", Gradients([x, .. layer.Parameters]));
        }
    }

    /// <summary>The residual of u_t + u u_x = u_xx / 10, and what a loss of it tells the weights.</summary>
    private static IEnumerable<(string Name, float[] Numbers)> Jets()
    {
        Generator generator = new(10);
        Sequential model = new(new Linear(2, 40, generator: generator), new Tanh(), new Linear(40, 40, generator: generator), new SiLU(), new Linear(40, 1, generator: generator));
        Jet u = model.Forward(Jet.Of(Numbers(700, 2), [(0, 0)]));
        Tensor residual = u.D(1) + (u.Value * u.D(0)) - (u.D(0, 0) * 0.1);
        residual.Square().Mean().Backward();
        yield return ("residual of an equation: values", residual.ToArray());
        yield return ("residual of an equation: gradients", Gradients(model.Parameters));
    }

    private static IEnumerable<(string Name, float[] Numbers)> Machine()
    {
        RestrictedBoltzmannMachine machine = new(90, 70, new Normal(0, 0.1f), new Generator(11));
        SGD optimizer = new(machine.Parameters, 0.1, momentum: 0.5);
        Tensor data = Numbers(256, 90).Sigmoid();
        for (int step = 0; step < 2; step++)
        {
            optimizer.ZeroGrad();
            machine.ContrastiveDivergence(data, steps: 2).Backward();
            optimizer.Step();
        }

        yield return ("Boltzmann machine, gradients of contrastive divergence", Gradients(machine.Parameters));
        yield return ("Boltzmann machine, two steps", [.. machine.Parameters.SelectMany(parameter => parameter.ToArray())]);
        yield return ("Boltzmann machine, states drawn", machine.Gibbs(data).ToArray());
    }

    private static IEnumerable<(string Name, float[] Numbers)> Network()
    {
        (Module model, _, Dataset data) = SmallNetwork.Make("Adam");
        foreach (Loss loss in new Loss[] { new CrossEntropyLoss(), new MSELoss(), new BCEWithLogitsLoss() })
        {
            model.ZeroGrad();
            Tensor output = model.Forward(data.Inputs);
            Tensor targets = loss is CrossEntropyLoss ? data.Targets : Tensor.Eye(10).SelectRows(Array.ConvertAll(data.Targets.ToArray(), target => (int)target));
            loss.Forward(output, targets).Backward();
            yield return ($"network, {loss.GetType().Name}: outputs", output.ToArray());
            yield return ($"network, {loss.GetType().Name}: gradients", Gradients(model.Parameters));
        }
    }

    private static IEnumerable<(string Name, float[] Numbers)> Optimizers()
    {
        foreach (Type type in Concrete(typeof(Optimizer)))
        {
            Linear layer = new(120, 90, generator: new Generator(8));
            if (Make<Optimizer>(type, parameter =>
                    parameter.ParameterType.IsAssignableFrom(typeof(IReadOnlyList<Tensor>)) ? layer.Parameters : parameter.ParameterType == typeof(double) ? 0.01 : null) is not { } optimizer)
            {
                continue;
            }

            Tensor x = Numbers(64, 120);
            for (int step = 0; step < 5; step++)
            {
                optimizer.ZeroGrad();
                layer.Forward(x).Square().Mean().Backward();
                optimizer.Step();
            }

            yield return ($"{type.Name}, five steps", [.. layer.Parameters.SelectMany(parameter => parameter.ToArray())]);
        }

        Linear fitted = new(40, 30, generator: new Generator(8));
        Tensor rows = Numbers(64, 40), wanted = Numbers(64, 30);
        new LBFGS(fitted.Parameters, maxIterations: 10).Step(() => (fitted.Forward(rows).Tanh() - wanted).Square().Mean());
        yield return ("LBFGS, ten iterations", [.. fitted.Parameters.SelectMany(parameter => parameter.ToArray())]);
    }

    private static IEnumerable<(string Name, float[] Numbers)> Training()
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make("Adam", items: 200);
        History history = new Trainer(model, optimizer, new CrossEntropyLoss()).Fit(data, 2, 48, validation: data, generator: new Generator(2));
        yield return ("training: losses", [.. history.StepLosses]);
        yield return ("training: parameters", [.. model.Parameters.SelectMany(parameter => parameter.ToArray())]);
    }

    private static IEnumerable<Type> Concrete(Type parent) =>
        parent.Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(parent) && !type.IsAbstract && !type.ContainsGenericParameters).OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Makes an object by a constructor whose required parameters <paramref name="argument"/> knows; null when there is none.</summary>
    private static T? Make<T>(Type type, Func<ParameterInfo, object?> argument) where T : class
    {
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            object?[] arguments = [.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(Generator) ? new Generator(6) : parameter.HasDefaultValue ? parameter.DefaultValue : argument(parameter))];
            if (constructor.GetParameters().Zip(arguments).All(pair => pair.Second is not null || pair.First.HasDefaultValue))
            {
                return (T)constructor.Invoke(arguments);
            }
        }

        return null;
    }

    private static Tensor Numbers(params int[] shape) => Tensor.RandN(new Shape(shape), new Generator((ulong)(17 + shape[0])));

    private static float[] Gradients(IEnumerable<Tensor> parameters) => [.. parameters.Where(parameter => parameter.HasGrad).SelectMany(parameter => parameter.Grad.ToArray())];
}
