using CourseLib.Activations;
using CourseLib.Training;

namespace CourseLib.Tests.Coverage;

/// <summary>A word of the lectures and what stands for it in the library.</summary>
/// <param name="Name">The field's English name; tests name it in <see cref="TermAttribute"/>.</param>
/// <param name="Russian">The word that the lectures use.</param>
/// <param name="Lectures">Where: perc, intro, init, cnn … with the slide's heading.</param>
/// <param name="Types">The types that implement it: removing one stops the tests from compiling.</param>
internal sealed record Term(string Name, string Russian, string Lectures, params Type[] Types);

/// <summary>Every term that the five lectures mention, in their order.</summary>
internal static class Terms
{
    internal static readonly Term[] All =
    [
        new("Sigmoid", "сигмоид", "perc, \"Сигмоид\"", typeof(Activations.Sigmoid)),
        new("ReLU", "ReLU", "perc, \"Rectified linear unit\"", typeof(ReLU)),

        // Second-order methods and the diagnosis of training.
        new("Exploding gradient", "взрыв градиентов", "intro, \"Gradient explosion\"; perc, \"Сложность обучения нейронных сетей\"", typeof(AnomalyDetection), typeof(Anomaly)),
    ];
}
