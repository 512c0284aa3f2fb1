using CourseLib.Kernels;
using CourseLib.Kernels.Steps;

namespace CourseLib.Tests.Kernels;

public class OptimizerStepsTests
{
    [Theory]
    [InlineData(1, 0, 0, 0, false)]
    [InlineData(19, 0.9, 0, 0, false)]
    [InlineData(33, 0.9, 0, 0.01, true)]
    [InlineData(16, 0.8, 0.3, 0.1, false)]
    [InlineData(20000, 0.9, 0.1, 0, false)]
    public void Sgd_is_torchs(int length, double momentum, double dampening, double decay, bool nesterov)
    {
        float[] p = KernelData.Normal(length, 1), v = new float[length];
        double[] wp = KernelData.ToDouble(p), wv = new double[length];
        for (int step = 1; step <= 5; step++)
        {
            float[] g = KernelData.Normal(length, 10 + step);
            double enter = step == 1 ? 1 : 1 - dampening;
            OptimizerSteps.Apply(p, g, momentum == 0 ? [] : v, [], [], new SgdStep(momentum, enter, nesterov ? momentum : 1, nesterov ? 1 : 0, 0.1 / step, decay));
            for (int i = 0; i < length; i++)
            {
                double d = g[i] + (decay * wp[i]);
                if (momentum != 0)
                {
                    wv[i] = step == 1 ? d : (momentum * wv[i]) + ((1 - dampening) * d);
                    d = nesterov ? d + (momentum * wv[i]) : wv[i];
                }
                wp[i] -= 0.1 / step * d;
            }
        }
        KernelData.Close(wp, p, 1e-6, "p");
        KernelData.Close(wv, v, 1e-6, "v");
    }

    [Theory]
    [InlineData(1, 0, false), InlineData(33, 0.1, false), InlineData(47, 0.1, true), InlineData(20000, 0.01, true)]
    public void Adam_and_AdamW_are_the_papers(int length, double decay, bool decoupled)
    {
        float[] p = KernelData.Normal(length, 1), m = new float[length], v = new float[length];
        double[] wp = KernelData.ToDouble(p), wm = new double[length], wv = new double[length];
        for (int step = 1; step <= 5; step++)
        {
            float[] g = KernelData.Normal(length, 10 + step);
            OptimizerSteps.Apply(p, g, m, v, [], new AdamStep(step, 0.01, weightDecay: decoupled ? 0 : decay, shrink: decoupled ? 1 - (0.01 * decay) : 1));
            for (int i = 0; i < length; i++)
            {
                wp[i] *= decoupled ? 1 - (0.01 * decay) : 1;
                double d = g[i] + (decoupled ? 0 : decay * wp[i]);
                wm[i] = (0.9 * wm[i]) + (0.1 * d);
                wv[i] = (0.999 * wv[i]) + (0.001 * d * d);
                wp[i] -= 0.01 * (wm[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(wv[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }
        KernelData.Close(wp, p, 1e-6, "p");
        KernelData.Close(wm, m, 1e-6, "m");
        KernelData.Close(wv, v, 1e-6, "v");
    }

    [Fact]
    public void A_parameter_without_gradient_stays_where_it_is()
    {
        float[] p = [1, 2, 3];
        OptimizerSteps.Apply(p, new float[3], new float[3], new float[3], [], new AdamStep(1));
        Assert.Equal([1, 2, 3], p);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_threads()
    {
        float[] g = KernelData.Normal(50001, 1);
        KernelData.SameForAnyThreads(() =>
        {
            float[] p = KernelData.Normal(50001, 2), m = new float[p.Length], v = new float[p.Length], h = new float[p.Length];
            OptimizerSteps.Apply(p, g, m, v, h, new AdamStep(1));
            OptimizerSteps.Apply(p, g, m, [], [], new SgdStep(0.9, 1, 1, 0, 0.1));
            return [.. p, .. m, .. v, .. h];
        });
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => OptimizerSteps.Apply(new float[3], new float[3], new float[2], [], [], new AdamStep(1)));
        Assert.StartsWith("OptimizerSteps.Apply: first has 2 elements, expected 3", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => OptimizerSteps.Apply(new float[3], new float[2], [], [], [], new AdamStep(1)));
        Assert.StartsWith("OptimizerSteps.Apply: gradient has 2 elements, expected 3", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamStep(-1));
    }
}
