using CourseLib.Autograd;

namespace CourseLib.Layers;

/// <summary>
/// A module that also passes on the derivatives by the network's inputs (<see cref="Jet"/>), so that a differential equation can stand in the loss
/// (lecture lbd, "Функции потерь"). A module of your own implements it by the same steps as its forward pass, on jets.
/// </summary>
public interface IJetModule
{
    /// <summary>Computes the output and its derivatives for a batch.</summary>
    /// <param name="x">What comes from the layer before, or <see cref="Jet.Of(Tensors.Tensor)"/> of the inputs.</param>
    Jet Forward(Jet x);
}
