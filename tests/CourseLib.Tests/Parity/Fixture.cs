using System.Text.Json;
using CourseLib.Tensors;

namespace CourseLib.Tests.Parity;

/// <summary>Reads the reference values that the scripts in tests/fixtures wrote.</summary>
internal sealed class Fixture
{
    private static readonly Dictionary<string, JsonElement> Files = [];

    private readonly JsonElement json;

    private Fixture(JsonElement json) => this.json = json;

    internal static IEnumerable<string> Names(string file) => Cases(file).EnumerateObject().Select(entry => entry.Name);

    internal static Fixture Load(string file, string name) => new(Cases(file).GetProperty(name));

    internal bool Has(string property) => json.TryGetProperty(property, out _);

    internal Tensor Input(string name) => Read(json.GetProperty("inputs").GetProperty(name));

    internal Tensor? InputOrNull(string name) => json.GetProperty("inputs").TryGetProperty(name, out JsonElement value) ? Read(value) : null;

    /// <summary>Plain numbers, in double precision.</summary>
    internal double[] Numbers(string property) => [.. json.GetProperty(property).EnumerateArray().Select(value => value.GetDouble())];

    internal Tensor this[string property] => Read(json.GetProperty(property));

    internal IEnumerable<(string Name, Tensor Value)> Gradients => json.GetProperty("gradients").EnumerateObject().Select(entry => (entry.Name, Read(entry.Value)));

    /// <summary>
    /// Fails unless every element is within <paramref name="relative"/> of the reference, relative to its size or, where it is small,
    /// to the largest element: sums of large terms cannot be exact to the last digits of a small result.
    /// </summary>
    internal static void AssertClose(Tensor expected, Tensor actual, string what, double relative = 1e-5)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        float largest = 0;
        foreach (float value in expected.Span)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double scale = Math.Max(Math.Abs(expected.Span[i]), 0.1 * largest);
            double error = Math.Abs((double)actual.Span[i] - expected.Span[i]);
            Assert.True(error <= relative * scale, FormattableString.Invariant($"{what}, element {i}: expected {expected.Span[i]}, got {actual.Span[i]}"));
        }
    }

    /// <summary>Fails unless the output and the gradient of every input are the reference's.</summary>
    internal static void Compare(Fixture fixture, Tensor y, Dictionary<string, Tensor> inputs, string name, double relative = 1e-5)
    {
        AssertClose(fixture["output"], y, name, relative);
        y.Backward(fixture["weights"]);
        Assert.NotEmpty(fixture.Gradients);
        foreach ((string input, Tensor gradient) in fixture.Gradients)
        {
            AssertClose(gradient, inputs[input].Grad, $"{name}: gradient of {input}", relative);
        }
    }

    private static JsonElement Cases(string file)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(file, out JsonElement cases))
            {
                string path = Path.Combine(AppContext.BaseDirectory, "fixtures", file + ".json");
                cases = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cases");
                Files[file] = cases;
            }

            return cases;
        }
    }

    private static Tensor Read(JsonElement element) => Tensor.From(
        element.GetProperty("data").EnumerateArray().Select(value => value.GetSingle()).ToArray(),
        element.GetProperty("shape").EnumerateArray().Select(value => value.GetInt32()).ToArray() is { Length: > 0 } shape ? shape : [1]);
}
