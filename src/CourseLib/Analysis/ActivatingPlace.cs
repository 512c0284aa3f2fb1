using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// Where a unit answers most strongly: with its <see cref="ReceptiveField"/> it names the part of a picture that activates the unit (lecture cnn,
/// "Свёрточные нейронные сети: идея"; Zeiler and Fergus 2014).
/// </summary>
/// <param name="Picture">Which picture.</param>
/// <param name="Row">The unit's row in its plane.</param>
/// <param name="Column">Its column.</param>
/// <param name="Answer">What the unit answers there.</param>
public readonly record struct ActivatingPlace(int Picture, int Row, int Column, double Answer)
{
    private const int Batch = 250;

    /// <summary>For each filter the pictures with the strongest answers, strongest first, each with its strongest place; at equal answers the earlier picture and place.</summary>
    /// <param name="network">From pictures [N, C, H, W] to planes [N, filters, h, w]; it is asked in evaluation mode.</param>
    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="count">Places for each filter.</param>
    /// <returns>[filter][place].</returns>
    /// <exception cref="ArgumentException">The network answers with something else than planes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to the number of pictures.</exception>
    public static ActivatingPlace[][] Strongest(Module network, Tensor pictures, int count)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, pictures.Shape[0]);
        List<List<ActivatingPlace>> found = [];
        using (new EvaluationMode(network))
        using (new NoGrad())
        {
            for (int first = 0; first < pictures.Shape[0]; first += Batch)
            {
                using Tape tape = new();
                Tensor planes = network.Forward(pictures.Slice(0, first, Math.Min(Batch, pictures.Shape[0] - first)));
                if (planes.Rank != 4)
                {
                    throw new ArgumentException($"ActivatingPlace.Strongest: expected a network that answers with planes [N, filters, h, w], got shape {planes.Shape}.", nameof(network));
                }

                Add(found, planes, first);
            }
        }

        return [.. found.Select(places => places.OrderByDescending(place => place.Answer).Take(count).ToArray())];
    }

    private static void Add(List<List<ActivatingPlace>> found, Tensor planes, int first)
    {
        (int filters, int width, int size) = (planes.Shape[1], planes.Shape[3], planes.Shape[2] * planes.Shape[3]);
        for (int plane = 0; plane < planes.Shape[0] * filters; plane++)
        {
            ReadOnlySpan<float> answers = planes.Span.Slice(plane * size, size);
            int best = 0;
            for (int i = 1; i < size; i++)
            {
                best = answers[i] > answers[best] ? i : best;
            }

            if (found.Count < filters)
            {
                found.Add([]);
            }

            found[plane % filters].Add(new(first + (plane / filters), best / width, best % width, answers[best]));
        }
    }
}
