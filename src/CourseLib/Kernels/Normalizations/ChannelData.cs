namespace CourseLib.Kernels.Normalizations;

/// <summary>The arrays of a batch normalisation; what a pass does not use is null.</summary>
internal unsafe struct ChannelData
{
    public float* X;
    public float* Y;
    public float* Dy;
    public float* Dx;
    public float* Gamma;
    public float* Beta;
    public float* Mean;
    public float* InverseDeviation;
    public float* UnbiasedVariance;
    public float* Dgamma;
    public float* Dbeta;
    public bool AccumulateInput;
    public bool AccumulateParameters;

    /// <summary>1 where there is no gamma.</summary>
    public readonly float GammaOf(int channel) => Gamma == null ? 1 : Gamma[channel];

    /// <summary>0 where there is no beta.</summary>
    public readonly float BetaOf(int channel) => Beta == null ? 0 : Beta[channel];

    /// <summary>Stores a channel's statistics and tells how to normalise with them.</summary>
    public readonly NormalizeOperator Finish(int channel, float mean, double squares, long count, float epsilon)
    {
        float inverseDeviation = (float)(1 / Math.Sqrt((squares / count) + epsilon));
        Mean[channel] = mean;
        InverseDeviation[channel] = inverseDeviation;
        if (UnbiasedVariance != null)
        {
            UnbiasedVariance[channel] = (float)(squares / (count - 1)); // 0 / 0 for a single value
        }
        return Normalize(channel);
    }

    /// <summary>How a channel is normalised with the statistics stored for it.</summary>
    public readonly NormalizeOperator Normalize(int channel) => new(Mean[channel], InverseDeviation[channel] * GammaOf(channel), BetaOf(channel));

    /// <summary>
    /// Stores the gradients of gamma and beta and gives the coefficients of dx. <paramref name="frozen"/>: the statistics are constants.
    /// </summary>
    public readonly NormalizeGradientOperator FinishGradient(int channel, double sum, double product, long count, bool frozen)
    {
        float r = InverseDeviation[channel];
        double productHat = product * r; // sum of dy xhat
        if (Dgamma != null)
        {
            Dgamma[channel] = (float)productHat + (AccumulateParameters ? Dgamma[channel] : 0);
        }
        if (Dbeta != null)
        {
            Dbeta[channel] = (float)sum + (AccumulateParameters ? Dbeta[channel] : 0);
        }
        double scale = (double)GammaOf(channel) * r;
        return frozen
            ? new(0, (float)scale, 0, 0)
            : new(Mean[channel], (float)scale, (float)(-scale * r * productHat / count), (float)(-scale * sum / count));
    }
}
