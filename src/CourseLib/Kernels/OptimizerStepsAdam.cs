using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

public static unsafe partial class OptimizerSteps
{
    /// <summary>
    /// One step of Adam or AdamW: p = Shrink p; g = g + WeightDecay p; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
    /// p = p - StepSize m / (sqrt(v) / CorrectionRoot + eps).
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="firstMoment">m, zeros before the first step.</param>
    /// <param name="secondMoment">v, zeros before the first step.</param>
    /// <param name="coefficients">From <see cref="AdamCoefficients.Adam"/> or <see cref="AdamCoefficients.AdamW"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Adam(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> firstMoment, Span<float> secondMoment, in AdamCoefficients coefficients)
    {
        const string Operation = $"{nameof(OptimizerSteps)}.{nameof(Adam)}";
        Requires.Length(Operation, nameof(gradient), gradient.Length, parameters.Length, nameof(parameters));
        Requires.Length(Operation, nameof(firstMoment), firstMoment.Length, parameters.Length, nameof(parameters));
        Requires.Length(Operation, nameof(secondMoment), secondMoment.Length, parameters.Length, nameof(parameters));
        fixed (float* p = parameters, g = gradient, m = firstMoment, v = secondMoment)
        {
            WidestLanes.For(Chunks(parameters.Length), new AdamWork(p, g, m, v, parameters.Length, coefficients));
        }
    }

    private readonly struct AdamWork(float* p, float* g, float* m, float* v, int length, AdamCoefficients c) : ILaneWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
        {
            (int i, int end) = Range(chunk, Chunks(length), length);
            AdamLanes<TLanes> step = new(c);
            for (; i <= end - TLanes.Count; i += TLanes.Count)
            {
                TLanes first = TLanes.Load(m + i), second = TLanes.Load(v + i);
                TLanes result = step.Invoke(TLanes.Load(p + i), TLanes.Load(g + i), ref first, ref second);
                TLanes.Store(first, m + i);
                TLanes.Store(second, v + i);
                TLanes.Store(result, p + i);
            }
            if (i < end)
            {
                int count = end - i;
                TLanes first = TLanes.Load(m + i, count), second = TLanes.Load(v + i, count);
                TLanes result = step.Invoke(TLanes.Load(p + i, count), TLanes.Load(g + i, count), ref first, ref second);
                TLanes.Store(first, m + i, count);
                TLanes.Store(second, v + i, count);
                TLanes.Store(result, p + i, count);
            }
        }
    }

    private readonly struct AdamLanes<TLanes>(AdamCoefficients c) where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes beta1 = TLanes.Broadcast((float)c.Beta1);
        private readonly TLanes rest1 = TLanes.Broadcast((float)(1 - c.Beta1));
        private readonly TLanes beta2 = TLanes.Broadcast((float)c.Beta2);
        private readonly TLanes rest2 = TLanes.Broadcast((float)(1 - c.Beta2));
        private readonly TLanes root = TLanes.Broadcast((float)c.CorrectionRoot);
        private readonly TLanes epsilon = TLanes.Broadcast((float)c.Epsilon);
        private readonly TLanes decay = TLanes.Broadcast((float)c.WeightDecay);
        private readonly TLanes shrink = TLanes.Broadcast((float)c.Shrink);
        private readonly TLanes step = TLanes.Broadcast((float)-c.StepSize);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke(TLanes p, TLanes g, ref TLanes m, ref TLanes v)
        {
            p *= shrink;
            g = TLanes.MultiplyAdd(p, decay, g);
            m = TLanes.MultiplyAdd(g, rest1, m * beta1);
            v = TLanes.MultiplyAdd(g * rest2, g, v * beta2);
            return p + (step * m / ((TLanes.Sqrt(v) / root) + epsilon));
        }
    }
}
