using System.Runtime.CompilerServices;
using CourseLib.Kernels.Steps;

namespace CourseLib.Kernels;

/// <summary>
/// The step of every first-order optimizer, one pass over memory: parameter, gradient and up to three states are read once, go through the optimizer's
/// <see cref="IStepOperator"/>, and parameter and states are written once.
/// </summary>
public static unsafe class OptimizerSteps
{
    // Elements per chunk: four arrays of it fit into the first-level cache; below two chunks one thread does it.
    private const int ChunkLength = 4096;

    /// <summary>One step: parameters and states change in place, element by element, so the result does not depend on the number of threads.</summary>
    /// <param name="parameters">The parameters; must not overlap the gradient.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="first">The first state; empty: the operator reads zeros and what it writes is dropped.</param>
    /// <param name="second">The second state, or empty.</param>
    /// <param name="third">The third state, or empty.</param>
    /// <param name="step">What is done to each element.</param>
    /// <typeparam name="TStep">A struct, so that the loop is compiled with it inlined.</typeparam>
    /// <exception cref="ArgumentException">The gradient, or a state that is not empty, differs in length from the parameters, or the parameters overlap the gradient.</exception>
    public static void Apply<TStep>(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, Span<float> third, in TStep step)
        where TStep : struct, IStepOperator
    {
        const string Operation = $"{nameof(OptimizerSteps)}.{nameof(Apply)}";
        Requires.Length(Operation, nameof(gradient), gradient.Length, parameters.Length, nameof(parameters));
        Requires.LengthOrEmpty(Operation, nameof(first), first.Length, parameters.Length, nameof(parameters));
        Requires.LengthOrEmpty(Operation, nameof(second), second.Length, parameters.Length, nameof(parameters));
        Requires.LengthOrEmpty(Operation, nameof(third), third.Length, parameters.Length, nameof(parameters));
        Requires.Apart(Operation, nameof(parameters), parameters, nameof(gradient), gradient);
        fixed (float* p = parameters, g = gradient, a = first, b = second, c = third)
        {
            int chunks = parameters.Length <= 2 * ChunkLength ? 1 : (parameters.Length + ChunkLength - 1) / ChunkLength;
            WidestLanes.For(chunks, new Work<TStep>(p, g, a, b, c, parameters.Length, chunks, step));
        }
    }

    private readonly struct Work<TStep>(float* p, float* g, float* a, float* b, float* c, int length, int chunks, TStep step) : ILaneWork
        where TStep : struct, IStepOperator
    {
        private readonly TStep step = step;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
        {
            TStep own = step;
            int i = chunk * ChunkLength, end = chunks == 1 ? length : Math.Min(i + ChunkLength, length);
            TLanes none = TLanes.Broadcast(0);
            for (; i <= end - TLanes.Count; i += TLanes.Count)
            {
                TLanes first = a == null ? none : TLanes.Load(a + i);
                TLanes second = b == null ? none : TLanes.Load(b + i);
                TLanes third = c == null ? none : TLanes.Load(c + i);
                TLanes.Store(own.Invoke(TLanes.Load(p + i), TLanes.Load(g + i), ref first, ref second, ref third), p + i);
                if (a != null)
                {
                    TLanes.Store(first, a + i);
                }

                if (b != null)
                {
                    TLanes.Store(second, b + i);
                }

                if (c != null)
                {
                    TLanes.Store(third, c + i);
                }
            }

            if (i < end)
            {
                int count = end - i;
                TLanes first = a == null ? none : TLanes.Load(a + i, count);
                TLanes second = b == null ? none : TLanes.Load(b + i, count);
                TLanes third = c == null ? none : TLanes.Load(c + i, count);
                TLanes.Store(own.Invoke(TLanes.Load(p + i, count), TLanes.Load(g + i, count), ref first, ref second, ref third), p + i, count);
                Store(first, a, i, count);
                Store(second, b, i, count);
                Store(third, c, i, count);
            }
        }

        private static void Store<TLanes>(TLanes value, float* state, int i, int count) where TLanes : struct, ILanes<TLanes>
        {
            if (state != null)
            {
                TLanes.Store(value, state + i, count);
            }
        }
    }
}
