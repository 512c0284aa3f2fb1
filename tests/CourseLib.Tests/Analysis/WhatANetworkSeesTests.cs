using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

/// <summary>Receptive fields, saliency and orientation tuning, on networks whose answers are known.</summary>
public class WhatANetworkSeesTests
{
    [Theory]
    [InlineData(3, 1, 5, 1, 3)]
    [InlineData(5, 2, 3, 2, 3)]
    [InlineData(2, 2, 3, 1, 2)]
    [Term("Receptive field")]
    public void The_measured_field_has_the_computed_size(int kernel1, int stride1, int kernel2, int stride2, int kernel3)
    {
        Generator generator = new(3);
        Sequential network = new(
            new Conv2d(1, 2, kernel1, stride1, generator: generator), new CourseLib.Activations.Tanh(),
            new MaxPool2d(kernel2, stride2),
            new Conv2d(2, 2, kernel3, generator: generator));
        ReceptiveField field = ReceptiveField.Measure(network, [1, 40, 44], row: 1, column: 2, generator: generator);
        int size = ReceptiveField.Size((kernel1, stride1), (kernel2, stride2), (kernel3, 1));
        Assert.Equal(new ReceptiveField(stride1 * stride2, 2 * stride1 * stride2, size, size), field);
    }

    [Fact]
    [Term("Receptive field")]
    public void At_the_border_the_field_is_cut_and_without_a_network_it_is_one_pixel()
    {
        Assert.Equal(1, ReceptiveField.Size());
        Conv2d same = new(1, 1, 5, padding: Padding.Same, generator: new Generator(1));
        Assert.Equal(new ReceptiveField(0, 0, 3, 3), ReceptiveField.Measure(same, [1, 9, 9], 0, 0, draws: 1));
        Assert.Throws<ArgumentException>(() => ReceptiveField.Measure(same, [1, 9, 9], 9, 0, draws: 1));
    }

    [Fact]
    [Term("Saliency of a neuron")]
    public void A_linear_units_saliency_is_its_weights()
    {
        Linear linear = new(2 * 3 * 4, 5, generator: new Generator(2));
        Tensor map = SaliencyMap.Gradient(new Sequential(new Flatten(), linear), Tensor.RandN([2, 3, 4], new Generator(1)), unit: 3);
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(Math.Max(Math.Abs(linear.Weight[3, i]), Math.Abs(linear.Weight[3, 12 + i])), map.Span[i]);
        }

        Assert.Throws<ArgumentException>(() => SaliencyMap.Gradient(new Flatten(), Tensor.Zeros(4, 4), 0));
        Assert.Throws<ArgumentException>(() => SaliencyMap.Gradient(new Sequential(new Flatten(), linear), Tensor.Zeros(2, 3, 4), 5));
    }

    [Fact]
    [Term("Saliency of a neuron")]
    public void Covering_what_a_unit_looks_at_makes_it_fall_and_nothing_else_does()
    {
        // The unit is the mean of the pixels in rows 2-3, columns 4-5 of the second channel.
        Linear linear = new(2 * 6 * 8, 2, bias: false, generator: new Generator(2));
        linear.Weight.Fill(0);
        foreach (int pixel in new[] { 20, 21, 28, 29 })
        {
            linear.Weight[1, 48 + pixel] = 0.25f;
        }

        Tensor map = SaliencyMap.Occlusion(new Sequential(new Flatten(), linear), Tensor.Ones(2, 6, 8), unit: 1, window: 2, stride: 2);
        Assert.Equal(new Shape(3, 4), map.Shape);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0], map.ToArray());
        Assert.Equal(-1, SaliencyMap.Occlusion(new Sequential(new Flatten(), linear), Tensor.Ones(2, 6, 8), unit: 1, window: 2, stride: 2, cover: 2)[1, 2]);
        Assert.Throws<ArgumentException>(() => SaliencyMap.Occlusion(linear, Tensor.Ones(2, 6, 8), 1, window: 7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1.2)]
    [InlineData(2.4)]
    [Term("Orientation tuning")]
    public void A_filter_that_is_a_grating_prefers_its_own_angle(double angle)
    {
        double[] curve = OrientationTuning.Curve(OrientationTuning.Grating(11, angle, 6), angles: 90, wavelength: 6);
        double away = Math.Abs(OrientationTuning.Preferred(curve) - angle);
        Assert.True(Math.Min(away, Math.PI - away) <= Math.PI / 90, $"prefers {OrientationTuning.Preferred(curve)}");
        Assert.True(OrientationTuning.Selectivity(curve) > 0.8);
    }

    [Fact]
    [Term("Orientation tuning")]
    public void A_round_filter_has_no_preferred_angle()
    {
        Tensor round = Tensor.Empty(11, 11);
        for (int i = 0; i < 121; i++)
        {
            (int x, int y) = ((i % 11) - 5, (i / 11) - 5);
            float square = ((x * x) + (y * y)) / 4f;
            round.Span[i] = (1 - square) * MathF.Exp(-square); // bright in the middle, dark around it, like a cell of the retina
        }

        Assert.True(OrientationTuning.Selectivity(OrientationTuning.Curve(round, wavelength: 6)) < 0.1);
        Assert.Equal(0, OrientationTuning.Selectivity(OrientationTuning.Curve(Tensor.Zeros(3, 3))));
        Assert.Throws<ArgumentException>(() => OrientationTuning.Curve(Tensor.Zeros(3, 4)));
    }

    [Fact]
    [Term("Orientation tuning")]
    public void The_mean_vector_is_one_for_one_angle_and_known_for_a_cosine()
    {
        Assert.Equal(1, OrientationTuning.MeanVector([0, 0, 3, 0]), 12);
        Assert.Equal(0, OrientationTuning.MeanVector([2, 2, 2, 2, 2]), 12);
        Assert.Equal(0, OrientationTuning.MeanVector([0, 0]));
        double[] cosine = [.. Enumerable.Range(0, 36).Select(i => 1 + (0.6 * Math.Cos(2 * (Math.PI * i / 36 - 0.7))))];
        Assert.Equal(0.3, OrientationTuning.MeanVector(cosine), 12); // the mean of r cos 2(a - a0), over the mean of r
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 3)]
    [InlineData(6, 1)]
    [Term("Receptive field")]
    public void The_field_of_a_unit_is_the_measured_one_inside_the_picture(int row, int column)
    {
        Generator generator = new(5);
        Sequential network = new(
            new Conv2d(1, 2, 5, padding: 2, generator: generator), new CourseLib.Activations.Tanh(),
            new MaxPool2d(2),
            new Conv2d(2, 2, 3, padding: 1, generator: generator), new CourseLib.Activations.Tanh());
        ReceptiveField field = ReceptiveField.At(row, column, (5, 1, 2), (2, 2, 0), (3, 1, 1));
        ReceptiveField measured = ReceptiveField.Measure(network, [1, 28, 28], row, column, draws: 64, generator: generator);
        Assert.Equal(ReceptiveField.Size((5, 1), (2, 2), (3, 1)), field.Rows);
        // Outside of the picture nothing can be measured.
        (int top, int left) = (Math.Max(0, field.Top), Math.Max(0, field.Left));
        Assert.Equal(new ReceptiveField(top, left, field.Top + field.Rows - top, field.Left + field.Columns - left), measured);
    }

    [Fact]
    [Term("Receptive field")]
    public void A_patch_is_cut_with_zeros_around_the_picture()
    {
        Tensor picture = Tensor.From([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        Tensor patch = new ReceptiveField(-1, 1, 2, 2).Cut(picture);
        Assert.Equal(new Shape(2, 2, 2), patch.Shape);
        Assert.Equal([0, 0, 2, 0, 0, 0, 6, 0], patch.ToArray());
        Assert.Throws<ArgumentException>(() => new ReceptiveField(0, 0, 1, 1).Cut(Tensor.Zeros(2, 2)));
    }

    [Fact]
    [Term("Saliency of a neuron")]
    public void The_strongest_place_is_where_the_filters_own_picture_lies()
    {
        Generator generator = new(6);
        Conv2d layer = new(1, 3, 4, bias: false, generator: generator);
        Tensor pictures = Tensor.Zeros(600, 1, 9, 11); // more than one batch
        for (int filter = 0; filter < 3; filter++)
        {
            // Of equal length, so that by Cauchy and Schwarz no other picture answers more than the filter's own.
            float length = layer.Weight.Slice(0, filter, 1).Square().Sum().Sqrt().Item();
            for (int i = 0; i < 16; i++)
            {
                layer.Weight[filter, 0, i / 4, i % 4] /= length;
                pictures[580 + filter, 0, 2 + filter + (i / 4), 5 - filter + (i % 4)] = 2 * layer.Weight[filter, 0, i / 4, i % 4];
            }
        }

        ActivatingPlace[][] places = ActivatingPlace.Strongest(layer, pictures, 5);
        for (int filter = 0; filter < 3; filter++)
        {
            ActivatingPlace strongest = places[filter][0];
            Assert.Equal((580 + filter, 2 + filter, 5 - filter), (strongest.Picture, strongest.Row, strongest.Column));
            Assert.Equal(2, strongest.Answer, 1e-5);
            Assert.Equal(places[filter].OrderByDescending(place => place.Answer), places[filter]);
            Assert.Equal(new ActivatingPlace(0, 0, 0, 0), places[filter][3]); // an empty picture answers 0 everywhere: the first one, its first place
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ActivatingPlace.Strongest(layer, pictures, 601));
        Assert.Throws<ArgumentException>(() => ActivatingPlace.Strongest(new Flatten(), pictures, 1));
    }
}
