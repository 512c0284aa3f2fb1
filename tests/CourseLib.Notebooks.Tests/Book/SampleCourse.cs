using System.Text.Json.Nodes;
using CourseLib.Course;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Book;

/// <summary>A small course as if it had been run: notebooks with every kind of cell and output, and a ledger.</summary>
internal static class SampleCourse
{
    public const string Good = "05-initialization";
    public const string Failing = "07-sgd-convergence";
    public const string Broken = "12-batchnorm";
    public const string Unwritten = "15-cnn-from-scratch";

    /// <summary>A file of this name would run in the reader's browser if any text of <see cref="Hostile"/> got through as HTML.</summary>
    public const string Injection = "<script>alert('x')</script><img src=x onerror=alert(1)>";

    public static Ledger Ledger { get; } = new(
        new Dictionary<string, string> { ["init"] = "Initialization. Optimization", ["lbd"] = "Linear, BatchNorm, Dropout", ["cnn"] = "Convolutional neural networks" },
        [Good, Failing, Broken, Unwritten],
        [
            new("init.zeros", Good, ["init: Инициализация весов", "lbd: Инициализация"], "zero weights give equal neurons, a <b> * c", "rank of the weights after training"),
            new("init.xavier", Good, ["init: Xavier"], "the variance $\\sigma^2 = 2/(n+m)$ keeps the scale", "variance by depth", "the slide prints n - m & calls it `fan`"),
            new("sgd.rate", Failing, ["cnn: Градиентный спуск"], "SGD converges as 1/k", "error against k"),
            new("sgd.noise", Failing, ["cnn: Градиентный спуск"], "a constant step stops at a noise ball", "error floor"),
            new("bn.scale", Broken, ["lbd: BatchNorm"], "the output does not depend on the scale of the input", "difference"),
            new("cnn.lenet", Unwritten, ["cnn: LeNet"], "LeNet beats a linear model", "accuracy of both", "the slide's size of C5 is wrong"),
        ]);

    public static ExecutedNotebook Run(string name, IReadOnlyList<JsonObject> cells, IReadOnlyList<CellOutcome> outcomes, params ClaimRecord[] claims)
    {
        JsonObject root = new()
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return new(name, $"/course/notebooks/{name}.ipynb", NotebookDocument.Parse(root.ToJsonString()), outcomes, claims, 1, null);
    }

    public static JsonObject Markdown(string text) => new() { ["cell_type"] = "markdown", ["id"] = "m", ["metadata"] = new JsonObject(), ["source"] = text };

    public static JsonObject Code(string text, params JsonObject[] outputs) => new()
    {
        ["cell_type"] = "code", ["id"] = "c", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["source"] = text, ["outputs"] = new JsonArray([.. outputs]),
    };

    public static JsonObject Shown(string mime, string content) => new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [mime] = content } };

    public static JsonObject Printed(string text, string name = "stdout") => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    public static JsonObject Thrown(string name, string message) => new() { ["output_type"] = "error", ["ename"] = name, ["evalue"] = message, ["traceback"] = new JsonArray() };

    public static CellOutcome Outcome(int index, int number, CellStatus status = CellStatus.Succeeded, CellError? error = null) => new(index, number, status, 1, error);

    /// <summary>A notebook of text alone.</summary>
    public static ExecutedNotebook OfText(params string[] cells) => Run("text", [.. cells.Select(Markdown)], []);

    public static string ClaimHtml(string id, bool holds, string measured) =>
        $"<div class=\"courselib-claim\" data-claim=\"{id}\" data-holds=\"{(holds ? "true" : "false")}\"><b>{id}</b>: measured {measured}</div>";

    public static ExecutedNotebook GoodNotebook() => Run(
        Good,
        [
            Markdown("# Initialization\n\nWeights decide how fast a network learns; see [SGD](07-sgd-convergence.ipynb) and [below](#xavier)."),
            Code("#r \"nuget: CourseLib, 0.1.0\"\nusing CourseLib.Tensors; // names"),
            Markdown("## Xavier\n\n$$\n\\operatorname{Var}(y) = n \\operatorname{Var}(w)\n+ b_i * c_i * d\n= 1\n$$\n\nso $w_i \\sim \\mathcal{U}(-a, a)$ with $a_1 * a_2$."),
            Code("var w = Tensor.RandN(64, 10);\nw.Std()", Printed("made 640 numbers\n"), Shown("text/plain", "0.99")),
            Code("Claim.Close(\"init.zeros\")", Shown("text/html", ClaimHtml("init.zeros", true, "1"))),
            Code("Claim.Close(\"init.xavier\")", Shown("text/html", ClaimHtml("init.xavier", true, "0.0270"))),
        ],
        [Outcome(1, 1), Outcome(3, 2), Outcome(4, 3), Outcome(5, 4)],
        new ClaimRecord("init.zeros", Good, true, "1", "1", "0", "random weights: 64, fails", 4),
        new ClaimRecord("init.xavier", Good, true, "0.027", "0.0270", "±5%", "N(0, 1): 1.0, fails", 5));

    public static ExecutedNotebook FailingNotebook() => Run(
        Failing,
        [
            Markdown("# SGD\n\nText."),
            Code("Claim.Holds(\"sgd.rate\")", Shown("text/html", ClaimHtml("sgd.rate", false, "0.4"))),
            Code("throw new InvalidOperationException();", Thrown("InvalidOperationException", "the step is too large")),
            Code("Claim.Holds(\"sgd.noise\")"),
        ],
        [Outcome(1, 1), Outcome(2, 2, CellStatus.Failed, new("InvalidOperationException", "the step is too large", 1)), Outcome(3, 3, CellStatus.NotRun)],
        new ClaimRecord("sgd.rate", Failing, false, "slope -1", "slope -0.4", "0.1", "slope 0, fails", 1));

    public static ExecutedNotebook BrokenNotebook() => new(Broken, $"/course/notebooks/{Broken}.ipynb", null, [], [], 0, "12-batchnorm.ipynb: line 3: expected a notebook");

    public static IReadOnlyList<ExecutedNotebook> All() => [GoodNotebook(), FailingNotebook(), BrokenNotebook()];
}
