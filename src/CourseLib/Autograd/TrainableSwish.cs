using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x s, s = sigmoid(beta x) with a tensor beta; dL/dx = dL/dy s (1 + beta x (1 - s)), dL/dbeta = dL/dy x^2 s (1 - s).</summary>
internal sealed class TrainableSwish : BroadcastFunction<TrainableSwish, SwishOperator, SwishDerivative, SwishBetaDerivative>;
