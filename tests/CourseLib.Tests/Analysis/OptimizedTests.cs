using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using CourseLib.Analysis;
using CourseLib.Kernels;

namespace CourseLib.Tests.Analysis;

public class OptimizedTests
{
    private delegate float Dot(float[] a, float[] b, int n);

    [Fact]
    public void Loops_branches_tables_and_constants_do_the_same()
    {
        Func<int, string> copy = Optimized.Compile<Func<int, string>>(Words);
        foreach (int n in new[] { -1, 0, 1, 2, 3, 4, 5, 6, 7, 300, 70_000 })
        {
            Assert.Equal(Words(n), copy(n));
        }
    }

    [Fact]
    public void Pointers_to_pinned_arrays_and_lanes_do_the_same()
    {
        float[] a = [.. Enumerable.Range(0, 67).Select(i => 0.5f * i)], b = [.. Enumerable.Range(0, 67).Select(i => 3f - i)];
        Assert.Equal(Sum<Lanes1>(a, b, 67), Optimized.Compile<Dot>(Sum<Lanes1>)(a, b, 67));
        Assert.Equal(Sum<CountedLanes>(a, b, 67), Optimized.Compile<Dot>(Sum<CountedLanes>)(a, b, 67));
        OperationCount count = CountedLanes.In(() => Optimized.Compile<Dot>(Sum<CountedLanes>)(a, b, 67));
        Assert.Equal((134, 67), (count.Loads, count.MultiplyAdds));
    }

    [Fact]
    public void The_copy_belongs_to_a_module_that_is_optimised_even_if_the_method_does_not_and_brings_along_what_it_calls()
    {
        MethodInfo original = ForTheDebugger();
        Assert.True(IsForTheDebugger(original.Module));
        Func<int, int> copy = Optimized.Compile(original.CreateDelegate<Func<int, int>>());
        Assert.Equal(12, copy(3));
        Assert.False(IsForTheDebugger(copy.Method.Module));
    }

    [Fact]
    public void A_lambda_and_a_method_that_catches_are_refused_by_name()
    {
        int captured = 1;
        ArgumentException error = Assert.Throws<ArgumentException>(() => Optimized.Compile<Func<int>>(() => captured));
        Assert.Contains("expected a static method", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Catches), Assert.Throws<ArgumentException>(() => Optimized.Compile<Func<int>>(Catches)).Message, StringComparison.Ordinal);
    }

    private static bool IsForTheDebugger(Module module) => module.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private static string Words(int n)
    {
        string text = "";
        for (int i = 0; i <= Math.Min(n, 9); i++)
        {
            text += i switch { 0 => 'a', 1 => 'b', 2 => 'c', 3 => 'd', 4 => "four", 5 => 5L + (1L << 40), 6 => 6.5 * i, 7 => 7.5f, _ => (object)new Version(i, 2) };
        }

        return n > 256 ? text + (n > 65_536 ? "long" : "middle") : text.Length > 3 ? text : text + "short";
    }

    private static unsafe float Sum<TLanes>(float[] a, float[] b, int n) where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = default;
        fixed (float* pa = a, pb = b)
        {
            for (int i = 0; i < n; i += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(pa + i), TLanes.Load(pb + i), sum);
            }
        }

        return TLanes.Sum(sum);
    }

    private static int Catches()
    {
        try
        {
            return int.Parse("1", System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return 0;
        }
    }

    // Twice(n) = n + n and Four(n) = Twice(Twice(n)) in an assembly as a notebook's cell is one.
    private static MethodInfo ForTheDebugger()
    {
        ConstructorInfo debuggable = typeof(DebuggableAttribute).GetConstructor([typeof(bool), typeof(bool)])!;
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("ForTheDebugger"), AssemblyBuilderAccess.Run, [new CustomAttributeBuilder(debuggable, [true, true])]);
        TypeBuilder type = assembly.DefineDynamicModule("ForTheDebugger").DefineType("Cell", TypeAttributes.NotPublic);
        MethodBuilder twice = type.DefineMethod("Twice", MethodAttributes.Private | MethodAttributes.Static, typeof(int), [typeof(int)]);
        ILGenerator il = twice.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
        MethodBuilder four = type.DefineMethod("Four", MethodAttributes.Private | MethodAttributes.Static, typeof(int), [typeof(int)]);
        il = four.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, twice);
        il.Emit(OpCodes.Call, twice);
        il.Emit(OpCodes.Ret);
        return type.CreateType().GetMethod("Four", BindingFlags.NonPublic | BindingFlags.Static)!;
    }
}
