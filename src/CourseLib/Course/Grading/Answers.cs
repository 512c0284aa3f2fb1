using System.Globalization;
using System.Reflection;

namespace CourseLib.Course.Grading;

/// <summary>Turns what a learner hands in into the delegate that a grader asks.</summary>
internal static class Answers
{
    /// <summary>The delegate, or null where the answer is of another kind.</summary>
    public static T? As<T>(object answer) where T : Delegate
    {
        if (answer is T already)
        {
            return already;
        }

        MethodInfo wanted = Signature(typeof(T));
        if (answer is Delegate method)
        {
            return (T?)Delegate.CreateDelegate(typeof(T), method.Target, method.Method, throwOnBindFailure: false);
        }

        return wanted.GetParameters().Length == 0 && Converted(answer, wanted.ReturnType) is { } value ? Constant<T>(value) : null;
    }

    /// <summary>What was expected and what came, in the words of C#.</summary>
    public static string Mismatch<T>(object answer) where T : Delegate
    {
        MethodInfo wanted = Signature(typeof(T));
        string expected = wanted.GetParameters().Length == 0 ? $"a {Name(wanted.ReturnType)}" : $"a method {Text(wanted)}";
        return $"expected {expected}, got {(answer is Delegate method ? $"a method {Text(method.Method)}" : $"a {Name(answer.GetType())}")}";
    }

    /// <summary>A type as it is written in C#.</summary>
    public static string Name(Type type) => type switch
    {
        _ when type == typeof(double) => "double",
        _ when type == typeof(float) => "float",
        _ when type == typeof(int) => "int",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(string) => "string",
        _ when type == typeof(void) => "nothing",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsGenericType: true } when type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) => $"({string.Join(", ", type.GetGenericArguments().Select(Name))})",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };

    private static MethodInfo Signature(Type type) => type.GetMethod("Invoke")!;

    private static T Constant<T>(object value) where T : Delegate
    {
        Type returned = Signature(typeof(T)).ReturnType;
        MethodInfo make = typeof(Answers).GetMethod(nameof(Returning), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(returned);
        return (T)Delegate.CreateDelegate(typeof(T), ((Delegate)make.Invoke(null, [value])!).Target!, ((Delegate)make.Invoke(null, [value])!).Method);
    }

    private static Func<TValue> Returning<TValue>(TValue value) => () => value;

    private static object? Converted(object answer, Type type)
    {
        if (type.IsInstanceOfType(answer))
        {
            return answer;
        }

        bool areNumbers = type.IsPrimitive && answer is int or long or float or double && type != typeof(bool);
        return areNumbers && (type == typeof(double) || answer is int) ? Convert.ChangeType(answer, type, CultureInfo.InvariantCulture) : null;
    }

    private static string Text(MethodInfo method) => $"({string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"))}) → {Name(method.ReturnType)}";
}
