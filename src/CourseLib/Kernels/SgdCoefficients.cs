namespace CourseLib.Kernels;

/// <summary>Hyperparameters of one SGD step (torch.optim.SGD).</summary>
/// <param name="LearningRate">lr.</param>
/// <param name="Momentum">mu; 0 needs no velocity.</param>
/// <param name="Dampening">The gradient enters the velocity with 1 - Dampening.</param>
/// <param name="WeightDecay">L2 penalty: decay times parameter is added to the gradient.</param>
/// <param name="Nesterov">Look ahead: step along g + mu v instead of v.</param>
/// <param name="FirstStep">The velocity has no value yet: it becomes the gradient, undamped.</param>
public readonly record struct SgdCoefficients(
    double LearningRate, double Momentum = 0, double Dampening = 0, double WeightDecay = 0, bool Nesterov = false, bool FirstStep = false);
