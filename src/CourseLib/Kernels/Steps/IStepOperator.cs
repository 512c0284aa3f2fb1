namespace CourseLib.Kernels.Steps;

/// <summary>
/// The arithmetic of one optimizer for one element, written once for every register width; <see cref="OptimizerSteps.Apply"/> is the loop around it.
/// Implementations are <c>readonly struct</c>s whose coefficients were computed in double and rounded once.
/// </summary>
public interface IStepOperator
{
    /// <summary>The new parameter; the states are read and written.</summary>
    /// <param name="p">The parameter.</param>
    /// <param name="g">Its gradient.</param>
    /// <param name="first">The first state; zero when it is not kept.</param>
    /// <param name="second">The second state; zero when it is not kept.</param>
    /// <param name="third">The third state; zero when it is not kept.</param>
    TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes first, ref TLanes second, ref TLanes third) where TLanes : struct, ILanes<TLanes>;
}
