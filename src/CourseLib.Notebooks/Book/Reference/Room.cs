using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>A folder of the library with its public types.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Types">Its types, those of folders inside it included, by name.</param>
internal sealed record Room(string Name, IReadOnlyList<INamedTypeSymbol> Types)
{
    // From what a student meets first to what only the curious open.
    private static readonly (string Name, string Says)[] Known =
    [
        ("Tensors", "Arrays of numbers with shapes, and the scope that lends memory to a training step."),
        ("Autograd", "Differentiation: one class for each operation, with its forward pass and its vector-Jacobian product."),
        ("Layers", "The parts of a network that hold weights, and the modules that put them together."),
        ("Activations", "The nonlinear functions between layers."),
        ("Initializers", "How weights are drawn before training."),
        ("Losses", "What training makes small."),
        ("Regularizers", "Penalties that keep a network from learning its examples by heart."),
        ("Optimizers", "How parameters move along their gradients."),
        ("Schedules", "The learning rate as a function of the step."),
        ("Data", "Data sets, batches, files of numbers and images, generated digits."),
        ("Training", "The training loop, its history, and what tells a good run from a bad one."),
        ("Analysis", "What the theory notebooks compute: quadratics, bounds, variance through layers."),
        ("Models", "Whole models that learn without labels: Boltzmann machines and autoencoders."),
        ("Interchange", "Models in files that other programs read."),
        ("Charts", "Figures that show themselves in a notebook, and can be saved."),
        ("Course", "What a cell says to its reader: claims and exercises."),
        ("Display", "How an object shows itself in a notebook."),
        ("Kernels", "The loops that compute: spans in, spans out, no tensors."),
    ];

    /// <summary>What lives in the room; empty for a room that is not known.</summary>
    public string Says => Known.FirstOrDefault(room => room.Name == Name).Says ?? "";

    /// <summary>The room's page.</summary>
    public string File => PageNames.Room(Name);

    /// <summary>Whether a documentation id names this room or a folder in it: <c>N:CourseLib.Optimizers.Descent</c>.</summary>
    public bool Holds(string id) => id.StartsWith("N:", StringComparison.Ordinal) && Types.Any(type => type.ContainingNamespace.GetDocumentationCommentId() == id);

    /// <summary>The room of a type: the part of its namespace after the library's name.</summary>
    public static string NameOf(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString().Split('.').ElementAtOrDefault(1) ?? "";

    /// <summary>The room's place in the reference; rooms that are not known come last.</summary>
    public static int Order(string name) => Array.FindIndex(Known, room => room.Name == name) is >= 0 and int place ? place : Known.Length;
}
