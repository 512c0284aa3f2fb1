namespace CourseLib.Optimizers;

/// <summary>Where the learning rate enters the velocity. The forms agree while the rate stays the same and part when it changes.</summary>
public enum MomentumForm
{
    /// <summary>v = mu v + g, p = p - lr v: a new rate scales the whole velocity (torch).</summary>
    Torch,

    /// <summary>
    /// v = mu v + lr g, p = p - v: the old part of the velocity keeps the old rate (Polyak 1964, Sutskever et al. 2013; lectures intro, "Метод инерции,
    /// momentum", perc, "Momentum (метод импульсов)", cnn, "Метод моментов").
    /// </summary>
    Classic,
}
