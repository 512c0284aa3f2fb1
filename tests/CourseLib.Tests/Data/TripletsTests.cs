using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Training;

namespace CourseLib.Tests.Data;

/// <summary>Triplets, the measure of what is learned from them, and clouds of points.</summary>
public class TripletsTests
{
    [Fact]
    public void Positives_share_the_anchors_class_and_negatives_do_not()
    {
        Tensor labels = Tensor.From([0f, 0, 0, 0, 0, 0, 0, 0, 2, 5, 5]);
        Triplets triplets = new(labels);
        int[] rows = triplets.Draw(600, new Generator(1));
        Assert.Equal(3, triplets.Classes);
        Assert.Equal(1800, rows.Length);
        for (int i = 0; i < 600; i++)
        {
            Assert.Equal(labels[rows[i]], labels[rows[600 + i]]);
            Assert.NotEqual(labels[rows[i]], labels[rows[1200 + i]]);
        }

        Assert.InRange(rows.Take(600).Count(row => row == 8), 150, 250); // the class of one item as often as that of eight
        Assert.Equal(rows, triplets.Draw(600, new Generator(1)));
        Assert.Contains("two classes", Assert.Throws<ArgumentException>(() => new Triplets(Tensor.Ones(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_other_point_is_asked_for_its_class()
    {
        Tensor points = Tensor.From([0f, 0, 0, 1, 5, 5, 5, 6, 0, 3], 5, 2);
        Assert.Equal(0.8f, Metrics.NearestNeighbourPrecision(points, Tensor.From([0f, 0, 1, 1, 2])));
        Assert.Equal(0.4f, Metrics.NearestNeighbourPrecision(points, Tensor.From([0f, 1, 1, 1, 0])));
        Assert.Throws<ArgumentException>(() => Metrics.NearestNeighbourPrecision(points, Tensor.Zeros(4)));
        Assert.Throws<ArgumentException>(() => Metrics.NearestNeighbourPrecision(points * float.NaN, Tensor.Zeros(5)));
    }

    [Fact]
    public void Clouds_stand_at_their_centres_with_their_counts()
    {
        Dataset still = ToySets.Clouds([[0, 1, 2], [3, 4, 5]], [2, 1], spread: 0);
        Assert.Equal([0, 1, 2, 0, 1, 2, 3, 4, 5], still.Inputs.ToArray());
        Assert.Equal([0, 0, 1], still.Targets.ToArray());
        Dataset wide = ToySets.Clouds([[-3], [3]], [500, 500], 2, new Generator(1));
        float[] first = wide.Inputs.ToArray()[..500];
        Assert.Equal(-3, first.Average(), 0.4f);
        Assert.Equal(2, Math.Sqrt(first.Average(x => (x + 3) * (x + 3))), 0.3);
        Assert.Throws<ArgumentException>(() => ToySets.Clouds([[0], [1, 2]], [1, 1]));
        Assert.Throws<ArgumentException>(() => ToySets.Clouds([[0], [1]], [1]));
    }
}
