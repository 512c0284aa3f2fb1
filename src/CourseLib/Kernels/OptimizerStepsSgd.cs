using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

public static unsafe partial class OptimizerSteps
{
    /// <summary>
    /// One step of stochastic gradient descent in torch's form: g = g + decay p; v = mu v + (1 - dampening) g; d = v (Nesterov: g + mu v);
    /// p = p - lr d. The lectures print v = mu v + lr g; the two differ when lr changes between steps.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="velocity">v; empty when the momentum is 0.</param>
    /// <param name="coefficients">The hyperparameters.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Sgd(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> velocity, in SgdCoefficients coefficients)
    {
        const string Operation = $"{nameof(OptimizerSteps)}.{nameof(Sgd)}";
        Requires.Length(Operation, nameof(gradient), gradient.Length, parameters.Length, nameof(parameters));
        if (coefficients.Momentum != 0)
        {
            Requires.Length(Operation, nameof(velocity), velocity.Length, parameters.Length, nameof(parameters));
        }
        fixed (float* p = parameters, g = gradient, v = velocity)
        {
            WidestLanes.For(Chunks(parameters.Length), new SgdWork(p, g, v, parameters.Length, coefficients));
        }
    }

    private readonly struct SgdWork(float* p, float* g, float* v, int length, SgdCoefficients c) : ILaneWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
        {
            (int i, int end) = Range(chunk, Chunks(length), length);
            TLanes rate = TLanes.Broadcast((float)-c.LearningRate), decay = TLanes.Broadcast((float)c.WeightDecay);
            TLanes momentum = TLanes.Broadcast((float)c.Momentum), rest = TLanes.Broadcast((float)(1 - c.Dampening));
            bool hasMomentum = c.Momentum != 0;
            for (; i < end; i += TLanes.Count)
            {
                // Memory is the limit here: one loop with a count serves the tail too.
                int count = Math.Min(TLanes.Count, end - i);
                TLanes parameter = TLanes.Load(p + i, count);
                TLanes direction = TLanes.MultiplyAdd(parameter, decay, TLanes.Load(g + i, count));
                if (hasMomentum)
                {
                    TLanes speed = c.FirstStep ? direction : TLanes.MultiplyAdd(direction, rest, TLanes.Load(v + i, count) * momentum);
                    TLanes.Store(speed, v + i, count);
                    direction = c.Nesterov ? TLanes.MultiplyAdd(speed, momentum, direction) : speed;
                }
                TLanes.Store(TLanes.MultiplyAdd(direction, rate, parameter), p + i, count);
            }
        }
    }
}
