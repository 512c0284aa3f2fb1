using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Models;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>Every layer has its line, whatever it is nested in.</summary>
public class ModelSummaryTests
{
    [Fact]
    public void Sequential_residual_and_branches_are_looked_into()
    {
        Sequential model = new(
            new Conv2d(1, 4, 3, padding: Padding.Same),
            new Residual(new Sequential(new BatchNorm2d(4), new CourseLib.Activations.ReLU(), new Conv2d(4, 4, 3, padding: Padding.Same))),
            new Branches(new Conv2d(4, 2, 1), new Sequential(new Conv2d(4, 1, 1), new Conv2d(1, 3, 3, padding: Padding.Same))),
            new Flatten(),
            new Dropout(0.5),
            new Linear(5 * 6 * 6, 10));
        ModelSummary summary = ModelSummary.Of(model, 1, 6, 6);
        Assert.Equal(["0", "1.body.0", "1.body.1", "1.body.2", "2.0", "2.1.0", "2.1.1", "3", "4", "5"], summary.Layers.Select(layer => layer.Name));
        Assert.Equal(new Shape(3, 6, 6), summary.Layers[6].Output);
        Assert.Equal(model.ParameterCount, summary.Layers.Sum(layer => layer.Parameters));
        Assert.Equal(36 * (36 + 144 + 8 + 4 + 27) + 1800, summary.Multiplications);
    }

    [Fact]
    public void A_module_of_ones_own_shows_what_ran_in_it()
    {
        Own model = new();
        ModelSummary summary = ModelSummary.Of(model, 4);
        Assert.Equal(
            [("first", "Linear(4, 6)"), ("", "Tanh"), ("again.0", "Linear(6, 6)"), ("", "Relu"), ("again.2", "Linear(6, 6)"), ("", "Add"), ("", "Own")],
            summary.Layers.Select(layer => (layer.Name, layer.Layer)));
        Assert.Equal([30, 0, 42, 0, 42, 0, 12], summary.Layers.Select(layer => layer.Parameters));
        Assert.Equal([24L, 0, 36, 0, 36, 0, 12], summary.Layers.Select(layer => layer.Multiplications));
        Assert.Equal(new Shape(2), summary.Layers[^1].Output);
        Assert.Equal(model.ParameterCount, summary.Parameters);
        Assert.True(model.IsTraining);
    }

    [Fact]
    public void Within_a_sequential_its_names_begin_with_its_place_and_frozen_layers_count_too()
    {
        Sequential model = new(new Linear(3, 4), new Own());
        model.Freeze();
        ModelSummary summary = ModelSummary.Of(model, 3);
        Assert.Equal(["0", "1.first", "", "1.again.0", "", "1.again.2", "", "1"], summary.Layers.Select(layer => layer.Name));
        Assert.False(model.Parameters[0].RequiresGrad);
    }

    [Fact]
    public void Shared_weights_count_once_and_a_bias_of_ones_own_names_its_layer()
    {
        Autoencoder model = Autoencoder.Dense(8, 3, tied: true);
        ModelSummary summary = ModelSummary.Of(model, 8);
        Assert.Equal((8 * 3) + 3 + 8, summary.Parameters);
        Assert.Equal(summary.Parameters, summary.Layers.Sum(layer => layer.Parameters));
        Assert.Equal(2 * 8 * 3, summary.Multiplications);
        Assert.Equal(["encoder.0", "decoder.0"], summary.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Name));
        Assert.Equal(2, summary.Layers.Count(layer => layer.Layer == "Sigmoid"));
    }

    [Fact]
    public void An_activation_with_parts_is_one_line_and_counts_its_matrices()
    {
        LayerSummary line = ModelSummary.Of(new Sequential(new Linear(4, 32), new MetaAcon(32)), 4).Layers[1];
        Assert.Equal(("1", (2 * 32) + (33 * 16) + (17 * 32), 2L * 32 * 16), (line.Name, line.Parameters, line.Multiplications));
    }

    [Fact]
    public void Where_nothing_is_recorded_a_module_is_one_line()
    {
        using NoGrad off = new();
        LayerSummary line = Assert.Single(ModelSummary.Of(new Own(), 4).Layers);
        Assert.Equal(126, line.Parameters);
        Assert.Equal(new Shape(2), line.Output);
    }

    [Fact]
    [Term("Number of parameters")]
    public void Text_and_table_hold_every_line_and_the_sums()
    {
        ModelSummary summary = ModelSummary.Of(new Sequential(new Linear(4, 3), new Own2()), 4);
        Assert.Equal("0  Linear(4, 3)  (3,)  15  12\n1  Own2          (3,)   0   0\n15 parameters, 12 multiplications per example", summary.ToString());
        Assert.Contains("<tfoot><tr>", summary.ToHtml(), StringComparison.Ordinal);
        Assert.Contains(">together<", summary.ToHtml(), StringComparison.Ordinal);
    }

    private sealed class Own : Module
    {
        private readonly Linear first;
        private readonly Sequential again;
        private readonly Tensor last;

        public Own()
        {
            first = Child("first", new Linear(4, 6));
            again = Child("again", new Sequential(new Linear(6, 6), new CourseLib.Activations.ReLU(), new Linear(6, 6)));
            last = Parameter("last", Tensor.Ones(6, 2));
        }

        public override Tensor Forward(Tensor x)
        {
            Tensor hidden = first.Forward(x).Tanh();
            return (hidden + again.Forward(hidden)).MatMul(last);
        }
    }

    private sealed class Own2 : Module
    {
        public override Tensor Forward(Tensor x) => x.Square();
    }
}
