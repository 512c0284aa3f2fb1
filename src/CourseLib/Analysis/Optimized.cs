using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;

namespace CourseLib.Analysis;

/// <summary>A method as a release build would compile it.</summary>
/// <remarks>
/// The cells of a notebook are compiled for the debugger: the JIT keeps every variable in memory and inlines nothing, and what a cell measures of its own loops is mostly that. Here the
/// method's instructions are handed to the JIT once more, as a <see cref="DynamicMethod"/>, which it always optimises. The code that a reader sees is then the code that is measured.
/// Methods that it calls come along where they were compiled for the debugger, too; they are called, not inlined.
/// </remarks>
public static class Optimized
{
    /// <summary>Compiles a static method of a cell with optimisation.</summary>
    /// <typeparam name="TDelegate">The delegate to call it by.</typeparam>
    /// <param name="method">The method, such as <c>Optimized.Compile&lt;Product&gt;(Naive)</c>; a generic one with its type arguments.</param>
    /// <exception cref="ArgumentException">The method is not static (a lambda is not), or has a <c>try</c>, <c>using</c>, <c>lock</c> or <c>foreach</c> over a sequence, or no instructions.</exception>
    public static TDelegate Compile<TDelegate>(TDelegate method)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(method);
        return (TDelegate)Copy(method.Method, []).CreateDelegate(typeof(TDelegate));
    }

    private static DynamicMethod Copy(MethodInfo method, Dictionary<MethodInfo, DynamicMethod> copies)
    {
        if (copies.TryGetValue(method, out DynamicMethod? known))
        {
            return known;
        }

        if (!method.IsStatic || method.GetMethodBody() is not { ExceptionHandlingClauses.Count: 0 } body)
        {
            throw new ArgumentException($"Optimized.Compile: expected a static method without try, using or lock, got {method.Name}; write it as \"static … {method.Name}(…)\" at the cell's top level", nameof(method));
        }

        DynamicMethod copy = new(method.Name, method.ReturnType, [.. method.GetParameters().Select(parameter => parameter.ParameterType)], typeof(Optimized).Module, skipVisibility: true) { InitLocals = body.InitLocals };
        copies.Add(method, copy);
        ILGenerator il = copy.GetILGenerator();
        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            il.DeclareLocal(local.LocalType, local.IsPinned);
        }

        List<Instruction> instructions = [.. InstructionReader.Read(method)];
        Dictionary<int, Label> labels = instructions.SelectMany(instruction => instruction.Targets).Distinct().ToDictionary(target => target, _ => il.DefineLabel());
        foreach (Instruction instruction in instructions)
        {
            if (labels.TryGetValue(instruction.Offset, out Label label))
            {
                il.MarkLabel(label);
            }

            Emit(il, instruction, labels, copies);
        }

        return copy;
    }

    private static void Emit(ILGenerator il, Instruction instruction, Dictionary<int, Label> labels, Dictionary<MethodInfo, DynamicMethod> copies)
    {
        OpCode code = instruction.Code;
        switch (instruction.Operand)
        {
            case null when instruction.Targets.Length == 0: il.Emit(code); break;
            case null when code.OperandType == OperandType.InlineSwitch: il.Emit(code, [.. instruction.Targets.Select(target => labels[target])]); break;
            case null: il.Emit(InstructionReader.Long(code), labels[instruction.Targets[0]]); break; // a short jump may not reach as far as before
            case byte number: il.Emit(code, number); break;
            case sbyte number: il.Emit(code, number); break;
            case short number: il.Emit(code, number); break;
            case int number: il.Emit(code, number); break;
            case long number: il.Emit(code, number); break;
            case float number: il.Emit(code, number); break;
            case double number: il.Emit(code, number); break;
            case string text: il.Emit(code, text); break;
            case Type type: il.Emit(code, type); break;
            case FieldInfo field: il.Emit(code, field); break;
            case ConstructorInfo constructor: il.Emit(code, constructor); break;
            case MethodInfo callee: il.Emit(code, IsForTheDebugger(callee) ? Copy(callee, copies) : callee); break;
            default: throw new ArgumentException($"Optimized.Compile: the instruction {code} of {il} is not supported");
        }
    }

    private static bool IsForTheDebugger(MethodInfo method) => method.IsStatic && !method.IsAbstract && method.GetMethodBody() is not null
        && method.Module.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
}
