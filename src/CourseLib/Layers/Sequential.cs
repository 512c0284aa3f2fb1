using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>Modules one after the other: the output of each is the input of the next.</summary>
/// <remarks>
/// Where nothing is recorded (inside <see cref="NoGrad"/>) a convolution, the batch normalisation in evaluation behind it and the ReLU behind that are one pass over the
/// images: the normalisation's affine map is folded into the filters, W' = gamma W / sqrt(var + eps) and b' = beta + (b - mean) gamma / sqrt(var + eps), the
/// ReLU is done as the result is stored. (torch.nn.utils.fusion makes a copy of the model for this.) Here it happens at each call, with what the layers hold then, and costs less than the passes that it saves; the
/// output differs from the unfused one by rounding. A fully connected layer and its ReLU are one, too, to the same bits. In training, too, a ReLU right after a <see cref="BatchNorm2d"/> is done together with it, to the same bits: the graph has one operation for the two.
/// <para>A max-pooling by two behind a convolution, with a ReLU between or after them or none, is done as the convolution stores its sums, in training too: the graph has one operation, which knows the pixel that
/// won in each window and sums the weights' gradient over these alone. The output is the same to the last bit, the gradients are but for the order of their sums.</para>
/// <para>A max-pooling is done before a ReLU that stands in front of it: max and ReLU, both monotone, may change places, down to the last bit of output and gradient, and after a
/// pooling by two there is a quarter left to rectify. <see cref="ForwardAll"/> goes layer by layer.</para>
/// </remarks>
public sealed class Sequential : Module, IJetModule
{
    private readonly Module[] modules;

    /// <summary>Chains the modules; each is registered under its position.</summary>
    public Sequential(params Module[] modules)
    {
        this.modules = [.. modules];
        for (int i = 0; i < modules.Length; i++)
        {
            Child(Text(i), modules[i]);
        }
    }

    /// <summary>The number of modules.</summary>
    public int Count => modules.Length;

    /// <summary>The module at a position.</summary>
    public Module this[int index] => modules[index];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        for (int i = 0; i < modules.Length;)
        {
            ReadOnlySpan<Module> behind = modules.AsSpan(i + 1);
            int followers = 0;
            x = modules[i] switch
            {
                Conv2d convolution => Fusion.Forward(convolution, behind, x, out followers),
                Linear layer when !NoGrad.IsRecording => Fusion.Forward(layer, behind, x, out followers),
                BatchNorm2d normalization => Fusion.Forward(normalization, behind, x, out followers),
                { Rectifies: true } rectifier => Fusion.ForwardRectifier(rectifier, behind, x, out followers),
                Module module => module.Forward(x),
            };
            i += 1 + followers;
        }

        return x;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A module does not pass on derivatives.</exception>
    public Jet Forward(Jet x)
    {
        foreach (Module module in modules)
        {
            x = module.Forward(x);
        }

        return x;
    }

    /// <summary>The outputs of all the modules, first to last: for charts of what happens from layer to layer.</summary>
    public IReadOnlyList<Tensor> ForwardAll(Tensor x)
    {
        Tensor[] outputs = new Tensor[modules.Length];
        for (int i = 0; i < modules.Length; i++)
        {
            outputs[i] = x = modules[i].Forward(x);
        }

        return outputs;
    }
}
