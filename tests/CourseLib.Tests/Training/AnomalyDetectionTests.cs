using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>The first NaN or infinity is named: in which part of the step, by which operation, of which layer.</summary>
[Term("Exploding gradient")]
public class AnomalyDetectionTests
{
    [Fact]
    public void Forward_names_the_first_operation_and_the_layer_before_it()
    {
        Sequential model = new(new Linear(2, 3, generator: new Generator(1)), new Linear(3, 1, generator: new Generator(2)));
        using AnomalyDetection guard = new(model);
        Tensor hidden = model[0].Forward(Tensor.From(new float[,] { { 1, 2 } }));
        Anomaly found = Caught(() => model[1].Forward((-hidden.Square()).Log()).Sum().Backward());
        Assert.Equal((AnomalyOrigin.Output, new Shape(1, 3)), (found.Origin, found.Shape));
        Assert.Equal("Log after layer '0' (Linear(2, 3))", found.Place);
        Assert.True(float.IsNaN(found.Value));
    }

    [Fact]
    public void A_result_of_a_layer_is_named_by_the_layer()
    {
        Sequential model = new(new Linear(2, 3, bias: false), new ReLU(), new Linear(3, 1));
        ((Linear)model[2]).Weight.Fill(3e38);
        ((Linear)model[0]).Weight.Fill(1e20);
        using AnomalyDetection guard = new(model);
        Anomaly found = Caught(() => model.Forward(Tensor.Ones(1, 2)).Sum().Backward());
        Assert.Equal((AnomalyOrigin.Output, "Linear of layer '2' (Linear(3, 1))"), (found.Origin, found.Place));
    }

    [Fact]
    public void An_infinity_is_found_even_where_the_loss_hides_it()
    {
        Tensor x = Tensor.From([200f]).AsParameter();
        (1 / x.Exp()).Sum().Backward();
        using AnomalyDetection guard = new();
        Assert.Equal("Exp", Caught(() => (1 / x.Exp()).Sum().Backward()).Place);
    }

    [Fact]
    public void Backward_names_the_operation_that_made_the_gradient_not_the_other_users_of_its_input()
    {
        Tensor a = Tensor.From([4f, 0f]).AsParameter().Named("a");
        using AnomalyDetection guard = new();
        Anomaly found = Caught(() => (a.Sqrt().Sum() + a.Square().Sum() + (a * 3).Sum()).Backward());
        Assert.Equal((AnomalyOrigin.Gradient, "Sqrt", "'a'", 1), (found.Origin, found.Place, found.Tensor, found.Index));
        Assert.True(float.IsInfinity(found.Value));
    }

    [Fact]
    public void A_gradient_in_the_middle_of_a_network_is_the_output_of_its_layer()
    {
        Sequential model = new(new Linear(2, 2), new Linear(2, 1));
        ((Linear)model[0]).Weight.Fill(0);
        ((Linear)model[0]).Bias!.Value.Fill(0);
        using AnomalyDetection guard = new(model);
        Anomaly found = Caught(() => model[1].Forward(model[0].Forward(Tensor.Ones(1, 2)).Sqrt()).Sum().Backward());
        Assert.Equal("the output of Linear of layer '0' (Linear(2, 2))", found.Tensor);
        Assert.Equal((AnomalyOrigin.Gradient, "Sqrt after layer '0' (Linear(2, 2))"), (found.Origin, found.Place));
    }

    [Fact]
    public void Data_and_parameters_that_are_not_finite_are_told_apart_from_results()
    {
        Sequential model = new(new Linear(2, 1));
        using AnomalyDetection guard = new(model);
        Anomaly data = Caught(() => model.Forward(Tensor.From(new float[,] { { 1, float.NaN } }).Named("pixels")).Sum().Backward());
        Assert.Equal((AnomalyOrigin.Input, "'pixels'", 1), (data.Origin, data.Tensor, data.Index));
        model.Parameters[1][0] = float.PositiveInfinity;
        Anomaly parameter = Caught(() => guard.Check(model.Forward(Tensor.Ones(1, 2))));
        Assert.Equal((AnomalyOrigin.Parameter, "'0.bias'"), (parameter.Origin, parameter.Tensor));
        Assert.Equal(AnomalyOrigin.Update, Caught(guard.CheckParameters).Origin);
    }

    [Fact]
    public void A_sound_network_passes_and_counts_its_passes()
    {
        Sequential model = new(new Linear(2, 3), new ReLU(), new Linear(3, 1));
        using AnomalyDetection guard = new(model);
        for (int pass = 1; pass <= 3; pass++)
        {
            using Tape tape = new();
            model.Forward(Tensor.Ones(4, 2)).Sum().Backward();
            guard.CheckParameters();
            Assert.Equal(pass, guard.Passes);
        }
    }

    [Fact]
    public void Closed_it_watches_nothing_and_scopes_close_in_order()
    {
        Tensor zero = Tensor.Parameter(1);
        AnomalyDetection first = new();
        AnomalyDetection second = new();
        Assert.Throws<InvalidOperationException>(first.Dispose);
        second.Dispose();
        Assert.Throws<AnomalyException>(() => zero.Sqrt().Sum().Backward());
        first.Dispose();
        first.Dispose();
        Assert.Null(CourseLib.Autograd.BackwardPass.Observer);
        zero.ZeroGrad();
        zero.Sqrt().Sum().Backward();
        Assert.True(float.IsInfinity(zero.Grad[0]));
    }

    [Fact]
    public void A_trainer_names_the_step_the_operation_and_the_layer()
    {
        Root model = new();
        Dataset data = Problem().Data;
        Trainer trainer = new(model, new SGD(model.Parameters, 0.1), new MSELoss()) { DetectAnomalies = true };
        trainer.StepCompleted += step => model.Linear.Weight.Fill(step.Step == 5 ? 0 : 1);
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, 5, 8, generator: new Generator(1)));
        Assert.Contains("at step 6 (epoch 2)", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Anomaly!.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal((AnomalyOrigin.Gradient, "Sqrt after layer 'linear' (Linear(2, 1, no bias))"), (error.Anomaly.Origin, error.Anomaly.Place));
        Assert.IsType<AnomalyException>(error.InnerException);
        Assert.Equal(5, error.History.StepLosses.Count);
        Assert.Null(CourseLib.Autograd.BackwardPass.Observer);
        Assert.False(Tape.IsOpen);
    }

    [Fact]
    public void Without_watching_a_loss_that_is_not_finite_is_traced_through_its_step()
    {
        (Module model, Dataset data) = Problem();
        model.Parameters[2].Fill(-1e30);
        model.Parameters[0].Fill(1e10);
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(
            () => new Trainer(model, new SGD(model.Parameters, 0.1), new MSELoss()).Fit(data, 1, 8, generator: new Generator(1)));
        Assert.Equal(AnomalyOrigin.Output, error.Anomaly!.Origin);
        Assert.Contains("at step 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Linear of layer '2' (Linear(4, 1))", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Watching_changes_no_number()
    {
        IReadOnlyList<float> Run(bool watch)
        {
            (Module model, Dataset data) = Problem();
            Trainer trainer = new(model, new Adam(model.Parameters), new MSELoss()) { DetectAnomalies = watch };
            return trainer.Fit(data, 2, 8, generator: new Generator(1)).StepLosses;
        }

        Assert.Equal(Run(false), Run(true));
    }

    [Theory]
    [InlineData(true, AnomalyOrigin.Update)]
    [InlineData(false, AnomalyOrigin.Parameter)]
    public void A_step_that_overflows_is_caught_at_once_or_one_step_later(bool watch, AnomalyOrigin origin)
    {
        (Module model, Dataset data) = Problem();
        Trainer trainer = new(model, new SGD(model.Parameters, 1e300), new MSELoss()) { DetectAnomalies = watch };
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, 5, 8, generator: new Generator(1)));
        Assert.Equal(origin, error.Anomaly!.Origin);
        Assert.Contains(watch ? "at step 1 " : "at step 2 ", error.Message, StringComparison.Ordinal);
    }

    private static Anomaly Caught(Action action)
    {
        AnomalyException error = Assert.Throws<AnomalyException>(action);
        Assert.Contains("expected finite numbers", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Anomaly.ToString(), error.Message, StringComparison.Ordinal);
        return error.Anomaly;
    }

    private static (Module Model, Dataset Data) Problem()
    {
        Generator generator = new(3);
        Sequential model = new(new Linear(2, 4, generator: generator), new ReLU(), new Linear(4, 1, generator: generator));
        return (model, new Dataset(Tensor.RandN([32, 2], generator), Tensor.RandN([32, 1], generator)));
    }

    /// <summary>|w x|, whose derivative as a root of a square has no limit at 0.</summary>
    private sealed class Root : Module
    {
        internal Root() => Linear = Child("linear", new Linear(2, 1, bias: false));

        internal Linear Linear { get; }

        public override Tensor Forward(Tensor x) => Linear.Forward(x).Square().Sqrt();
    }
}
