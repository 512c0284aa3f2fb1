using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Training;
using CourseLib.Training;
using Module = CourseLib.Layers.Module;

namespace CourseLib.Tests.SimdLevels;

/// <summary>
/// A fixed battery of results, hashed: forward values, gradients, steps of optimizers, a training run. Whatever activation or optimizer can be made without
/// arguments takes part by itself. For one level of registers the hashes are the same at any number of threads.
/// </summary>
internal static class Battery
{
    /// <summary>Computes each result and its hash.</summary>
    internal static IEnumerable<(string Name, string Hash)> Run() =>
        Kernels().Concat(Activations()).Concat(Network()).Concat(Optimizers()).Concat(Training()).Select(result => (result.Name, Hash(result.Numbers)));

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
