using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Reflection;

namespace CourseLib.Benchmarks.Startup;

/// <summary>Hears from the runtime which methods it compiles and for how long: an event when a thread begins a method, another when the code is there.</summary>
internal sealed class JitListener : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Compiler = (EventKeywords)0x10;
    private const int Begun = 145, Done = 143;

    // In the flags of a method three bits name its tier: 4 is code made again because it is called often, 6 and 7 are code that counts its calls for that.
    private const int TierShift = 7, TierMask = 7, Again = 4, Counting = 6;

    // The compiler of .NET is called again while it compiles (another method is needed to know a constant): each thread has a stack of begun methods.
    private readonly ConcurrentDictionary<long, Stack<(ulong Method, DateTime Begun, TimeSpan Inner)>> begun = new();
    private readonly ConcurrentQueue<(ulong Method, CompiledMethod Compiled)> methods = new();

    /// <summary>What was compiled so far; the runtime's events come a moment late.</summary>
    public IReadOnlyList<CompiledMethod> Methods =>
        [.. methods.Select(entry => entry.Compiled.IsKernel ? entry.Compiled with { Name = entry.Compiled.Name + TypeArguments(entry.Method, entry.Compiled.Type) } : entry.Compiled)];

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, Compiler);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class's constructor enables events, so the first may come before the fields are there.
        if (begun is null || methods is null || eventData.Payload is not { } payload)
        {
            return;
        }

        if (eventData.EventId == Begun)
        {
            begun.GetOrAdd(eventData.OSThreadId, _ => new()).Push(((ulong)payload[0]!, eventData.TimeStamp, TimeSpan.Zero));
        }
        else if (eventData.EventId == Done && begun.TryGetValue(eventData.OSThreadId, out Stack<(ulong Method, DateTime Begun, TimeSpan Inner)>? stack))
        {
            Finish(stack, (ulong)payload[0]!, eventData.TimeStamp, (string)payload[6]!, (string)payload[7]!, (int)((uint)payload[5]! >> TierShift) & TierMask);
        }
    }

    private void Finish(Stack<(ulong Method, DateTime Begun, TimeSpan Inner)> stack, ulong method, DateTime now, string type, string name, int tier)
    {
        if (!stack.TryPeek(out (ulong Method, DateTime Begun, TimeSpan Inner) top) || top.Method != method)
        {
            return; // code that was compiled beforehand has an event without a beginning
        }

        stack.Pop();
        TimeSpan all = now - top.Begun;
        if (stack.TryPop(out (ulong Method, DateTime Begun, TimeSpan Inner) outer))
        {
            stack.Push(outer with { Inner = outer.Inner + all });
        }

        methods.Enqueue((method, new(type, name, (all - top.Inner).TotalMilliseconds, IsAgain: tier == Again || tier >= Counting)));
    }

    // An event names the type arguments of a type but not those of a method: these are asked of the method itself, whose handle is the event's number. (One in a
    // generic type could not be found by its handle alone; there the type's arguments tell the instances apart.)
    private static string TypeArguments(ulong method, string type) =>
        !type.Contains('`', StringComparison.Ordinal) && MethodBase.GetMethodFromHandle(RuntimeMethodHandle.FromIntPtr((nint)method)) is MethodInfo { IsGenericMethod: true } generic
            ? Names(generic.GetGenericArguments())
            : "";

    private static string Names(Type[] types) => types.Length == 0 ? "" : $"<{string.Join(", ", types.Select(type => type.Name.Split('`')[0] + Names(type.GetGenericArguments())))}>";
}
