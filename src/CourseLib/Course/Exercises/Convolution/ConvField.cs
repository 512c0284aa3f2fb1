using CourseLib.Analysis;
using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Convolution;

/// <summary>conv.field: how many pixels in a row one number of a deep map depends on (lecture cnn, "Свёрточные нейронные сети: идея").</summary>
internal static class ConvField
{
    public static Grader Grader { get; } = new Grader<Func<(int Size, int Step)[], int>>(
        "conv.field", "14-convolution", Level.Easy, "how many pixels a number sees", reference: layers =>
        {
            int field = 1, apart = 1; // apart: pixels of the picture from one number of the map to the next
            foreach ((int size, int step) in layers)
            {
                field += (size - 1) * apart;
                apart *= step;
            }

            return field;
        })
    {
        Cases =
        [
            new("two layers of 3 x 3, step 1", f => f([(3, 1), (3, 1)])),
            new("a pooling between them", f => f([(3, 1), (2, 2), (3, 1)])),
            new("LeNet", f => f([(5, 1), (2, 2), (5, 1), (2, 2)])),
            new("four layers at step 2", f => f([(3, 2), (3, 2), (3, 2), (3, 2)])),
            new("a step larger than its window", f => f([(1, 3), (5, 1)])),
        ],
        Ideas =
        [
            new("the windows added up", layers => layers.Sum(layer => layer.Size),
                "Two windows of 3 beside each other are 6 pixels. Where do the windows of neighbours lie?"),
            new("the windows multiplied", layers => layers.Aggregate(1, (product, layer) => product * layer.Size),
                "Would neighbouring windows of the first layer share no pixel? Draw two layers in one dimension."),
            new("the steps forgotten", layers => 1 + layers.Sum(layer => layer.Size - 1),
                "Behind a pooling at step 2, two neighbouring numbers of the map: how far apart are their windows in the picture?"),
            new("a layer's own step counted for its own window", layers => Field(layers, own: true, product: true),
                "A layer's step says how far apart its outputs are. Its window lies on its inputs: who made their distance?"),
            new("only the step of the layer before", layers => Field(layers, own: false, product: false),
                "Right for one step. Behind two poolings by 2, how far apart in the picture are two neighbours?"),
        ],
        Alternatives =
        [
            layers => layers.Reverse().Aggregate(1, (field, layer) => ((field - 1) * layer.Step) + layer.Size),
            layers => ReceptiveField.Size(layers),
        ],
        Hints =
        [
            "Draw it in one dimension: three layers as rows of dots, and under one dot of the last the dots that it reads.",
            "Each layer adds size - 1 neighbours. In pixels of the picture a neighbour is as far away as the product of all steps below.",
        ],
    };

    private static int Field((int Size, int Step)[] layers, bool own, bool product)
    {
        int field = 1, apart = 1;
        foreach ((int size, int step) in layers)
        {
            int next = product ? apart * step : step;
            field += (size - 1) * (own ? next : apart);
            apart = next;
        }

        return field;
    }
}
