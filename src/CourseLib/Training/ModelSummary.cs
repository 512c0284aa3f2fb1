using System.Globalization;
using System.Text;
using CourseLib.Autograd;
using CourseLib.Display;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>One layer of a summary.</summary>
/// <param name="Name">Its path in the model, such as <c>0</c> or <c>body.1</c>.</param>
/// <param name="Layer">What it is.</param>
/// <param name="Output">The shape of its output for one example.</param>
/// <param name="Parameters">The number of trainable numbers.</param>
/// <param name="Multiplications">Multiplications with weights, for one example.</param>
public sealed record LayerSummary(string Name, string Layer, Shape Output, int Parameters, long Multiplications);

/// <summary>The layers of a model with output shapes, parameter counts and multiplications: the table that is drawn beside an architecture.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ModelSummary
{
    private ModelSummary(IReadOnlyList<LayerSummary> layers, int parameters) => (Layers, Parameters) = (layers, parameters);

    /// <summary>The layers in the order of the forward pass.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>All trainable numbers; those of a layer that stands in two places count once.</summary>
    public int Parameters { get; }

    /// <summary>All multiplications with weights, for one example.</summary>
    public long Multiplications => Layers.Sum(layer => layer.Multiplications);

    /// <summary>Runs a batch of one zero example through the model and notes what comes out of each layer.</summary>
    /// <param name="model">The model; a <see cref="Sequential"/> is looked into, anything else is one line.</param>
    /// <param name="inputShape">The shape of one example, without the batch axis.</param>
    public static ModelSummary Of(Module model, params ReadOnlySpan<int> inputShape)
    {
        ArgumentNullException.ThrowIfNull(model);
        List<LayerSummary> layers = [];
        using EvaluationMode evaluation = new(model);
        using NoGrad off = new();
        Visit(model, "", Tensor.Zeros([1, .. inputShape]), layers);
        return new ModelSummary(layers, model.ParameterCount);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (LayerSummary layer in Layers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{layer.Name,-8} {layer.Layer,-48} {layer.Output,-16} {layer.Parameters,10} {layer.Multiplications,12}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Parameters} parameters, {Multiplications} multiplications per example").ToString();
    }

    /// <summary>The table, for a notebook.</summary>
    public string ToHtml()
    {
        StringBuilder html = new("<table class=\"courselib-table\" style=\"border-collapse:collapse;margin:.4em 0\"><thead><tr>");
        foreach ((string title, bool number) in new[] { ("#", false), ("layer", false), ("output", false), ("parameters", true), ("multiplications", true) })
        {
            html.Append("<th scope=\"col\" style=\"").Append(Style(number)).Append("\">").Append(title).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (LayerSummary layer in Layers)
        {
            Row(html, layer.Name, layer.Layer, layer.Output.ToString(), layer.Parameters, layer.Multiplications);
        }

        Row(html.Append("</tbody><tfoot>"), "", "together", "", Parameters, Multiplications);
        return html.Append("</tfoot></table>").ToString();
    }

    private static Tensor Visit(Module module, string name, Tensor x, List<LayerSummary> layers)
    {
        if (module is Sequential sequential)
        {
            for (int i = 0; i < sequential.Count; i++)
            {
                string position = i.ToString(CultureInfo.InvariantCulture);
                x = Visit(sequential[i], name.Length == 0 ? position : $"{name}.{position}", x, layers);
            }

            return x;
        }

        Tensor y = module.Forward(x);
        Shape output = y.Shape.Without(0);
        layers.Add(new LayerSummary(name, module.ToString(), output, module.ParameterCount, module.CountMultiplications(output)));
        return y;
    }

    private static void Row(StringBuilder html, string name, string layer, string output, int parameters, long multiplications)
    {
        html.Append("<tr>");
        foreach (string text in new[] { name, layer, output })
        {
            html.Append("<td style=\"").Append(Style(false)).Append("\">").Append(Html.Escape(text)).Append("</td>");
        }

        foreach (long count in new[] { parameters, multiplications })
        {
            html.Append("<td style=\"").Append(Style(true)).Append("\">").Append(count.ToString(CultureInfo.InvariantCulture)).Append("</td>");
        }

        html.Append("</tr>");
    }

    /// <summary>As the tables of charts look: room between columns, numbers on the right.</summary>
    private static string Style(bool number) => $"padding:.25em .8em;border-bottom:1px solid rgba(128,128,128,.25);text-align:{(number ? "right" : "left")}";
}
