using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Tests.Optimizers;

/// <summary>
/// Found by reflection, so that an optimizer that is added takes part by itself: after a resumed run every field of it, however deep and private, holds what it holds after
/// the run that was never interrupted. A count or an average that is kept outside of <see cref="Optimizer.NamedState"/> does not.
/// </summary>
public class EveryOptimizerTests
{
    private const int Half = 10;

    // Scratch, written before it is read in each step that uses it.
    private static readonly string[] Scratch = ["SWATS.move"];

    public static TheoryData<string> Types => [.. Public().Select(type => type.Name)];

    [Fact]
    public void The_bank_has_every_public_optimizer()
    {
        HashSet<Type> banked = [.. OptimizerBank.Make.Values.Select(make => make(Parameters()).GetType())];
        Assert.Empty(Public().Where(type => !banked.Contains(type)).Select(type => type.Name));
        Assert.True(Public().Count() >= 9);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Whatever_changes_in_steps_is_part_of_the_state(string name)
    {
        Type type = Public().Single(type => type.Name == name);
        List<object?[]> settings = [.. Settings(type)];
        Assert.NotEmpty(settings);
        foreach (object?[] chosen in settings)
        {
            AssertForgetsNothing(parameters => Make(type, parameters, chosen));
        }
    }

    [Fact]
    public void The_bank_s_settings_forget_nothing()
    {
        foreach (Func<IReadOnlyList<Tensor>, Optimizer> make in OptimizerBank.Make.Values)
        {
            AssertForgetsNothing(make);
        }
    }

    [Fact]
    public void A_count_and_an_average_that_are_kept_to_oneself_are_found()
    {
        Assert.Equal("Forgetful.seen", Assert.Single(Differences(parameters => new Forgetful(parameters))));
        Assert.Contains("ForgetfulInside.inner.length", Differences(parameters => new ForgetfulInside(parameters)));
    }

    private static void AssertForgetsNothing(Func<Tensor[], Optimizer> make) => Assert.Empty(Differences(make).Except(Scratch));

    /// <summary>The fields that a run of two halves leaves otherwise than a run in one piece.</summary>
    private static List<string> Differences(Func<Tensor[], Optimizer> make)
    {
        Tensor[] whole = Parameters(), first = Parameters();
        Optimizer through = make(whole), before = make(first);
        Run(through, whole, 0, 2 * Half);
        Run(before, first, 0, Half);
        Tensor[] second = Array.ConvertAll(first, parameter => parameter.Keep().AsParameter());
        Optimizer after = make(second);
        after.LoadState(before.CopyState());
        Run(after, second, Half, 2 * Half);
        Dictionary<string, string> expected = Fields(through), resumed = Fields(after);
        Assert.Contains(expected.Keys, name => name.EndsWith("stepCount", StringComparison.Ordinal)); // private fields of base classes are seen
        return [.. expected.Keys.Union(resumed.Keys).Where(name => expected.GetValueOrDefault(name) != resumed.GetValueOrDefault(name)).Select(name => $"{through.GetType().Name}{name}")];
    }

    private static IEnumerable<Type> Public() =>
        typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal);

    private static ParameterInfo[] Arguments(Type type) => type.GetConstructors().Single().GetParameters();

    /// <summary>The default settings, and with and without momentum each switch thrown and each other form; what the optimizer refuses is left out.</summary>
    private static IEnumerable<object?[]> Settings(Type type)
    {
        foreach (double momentum in new[] { 0, 0.9 })
        {
            object?[] basis = [.. Arguments(type).Skip(1).Select(argument => argument.Name == "momentum" ? momentum : argument.HasDefaultValue ? Default(argument) : 0.05)];
            IEnumerable<object?[]> all = Arguments(type).Skip(1).SelectMany((argument, at) => Others(argument).Select(value => (object?[])[.. basis[..at], value, .. basis[(at + 1)..]]));
            foreach (object?[] settings in all.Prepend(basis).Where(settings => IsAccepted(type, settings)))
            {
                yield return settings;
            }
        }
    }

    private static IEnumerable<object> Others(ParameterInfo argument) => argument.ParameterType switch
    {
        Type boolean when boolean == typeof(bool) => [!(bool)argument.DefaultValue!],
        { IsEnum: true } form => Enum.GetValues(form).Cast<object>(),
        _ when argument.Name == "weightDecay" => [0.01],
        _ => [],
    };

    private static object? Default(ParameterInfo argument) =>
        argument.ParameterType.IsEnum ? Enum.ToObject(argument.ParameterType, argument.DefaultValue!) : argument.DefaultValue;

    private static bool IsAccepted(Type type, object?[] settings)
    {
        try
        {
            Make(type, Parameters(), settings);
            return true;
        }
        catch (TargetInvocationException refusal) when (refusal.InnerException is ArgumentException)
        {
            return false;
        }
    }

    private static Optimizer Make(Type type, Tensor[] parameters, object?[] settings) => (Optimizer)type.GetConstructors().Single().Invoke([parameters, .. settings]);

    private static Tensor[] Parameters() => [Tensor.From([1, -2, 0.5f, 3, 0.1f]).AsParameter(), Tensor.From([0.3f, -0.7f], 2, 1).AsParameter()];

    private static void Run(Optimizer optimizer, Tensor[] parameters, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            optimizer.LearningRate = 0.1 / (1 + (0.1 * step));
            optimizer.ZeroGrad();
            foreach (Tensor parameter in parameters)
            {
                Tensor noise = Tensor.RandN(parameter.Shape, new Generator((ulong)(step + 1)));
                (parameter * (parameter + noise)).Sum().Backward();
            }

            optimizer.Step();
        }
    }

    /// <summary>Every number that an object holds, by the path of fields that leads to it; what lies outside of CourseLib and the tests is not looked into.</summary>
    private static Dictionary<string, string> Fields(object root)
    {
        Dictionary<string, string> found = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Visit(root, "");
        return found;

        void Visit(object? value, string path)
        {
            switch (value)
            {
                case null or Delegate:
                    break;
                case Tensor tensor:
                    found[path] = tensor.IsDefault ? "none" : Convert.ToHexString(MemoryMarshal.AsBytes(tensor.Span));
                    break;
                case string or bool:
                    found[path] = value.ToString()!;
                    break;
                case IFormattable number:
                    found[path] = number.ToString(null, CultureInfo.InvariantCulture);
                    break;
                case IEnumerable list:
                    int i = 0;
                    foreach (object? item in list)
                    {
                        Visit(item, FormattableString.Invariant($"{path}[{i++}]"));
                    }

                    break;
                default:
                    if (value.GetType().IsValueType || (value.GetType().Namespace!.StartsWith("CourseLib", StringComparison.Ordinal) && seen.Add(value)))
                    {
                        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
                        {
                            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                            {
                                Visit(field.GetValue(value), $"{path}.{field.Name}");
                            }
                        }
                    }

                    break;
            }
        }
    }

    /// <summary>Counts its steps for itself.</summary>
    private sealed class Forgetful(IReadOnlyList<Tensor> parameters) : Optimizer(parameters, 0.1)
    {
        private int seen;

        protected override void Update(in ParameterStep step) => step.Parameter[0] -= (float)step.LearningRate;

        protected override void EndStep() => seen++;
    }

    /// <summary>Keeps an average in an object of its own.</summary>
    private sealed class ForgetfulInside(IReadOnlyList<Tensor> parameters) : Optimizer(parameters, 0.1)
    {
        private readonly Average inner = new();

        protected override void Update(in ParameterStep step) => inner.Add(step.Gradient[0]);

        private sealed class Average
        {
            private double length;

            internal void Add(double value) => length = (0.9 * length) + value;
        }
    }
}
