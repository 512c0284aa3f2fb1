namespace CourseLib.Tests.Architecture;

/// <summary>
/// The rooms of src/CourseLib (a folder, a concept) and who may import whom: always downwards, and sideways only where it is written here.
/// </summary>
internal static class Rooms
{
    /// <summary>From the top floor to the ground: a room may use every room of the floors below its own.</summary>
    public static readonly string[][] Floors =
    [
        ["Course", "Charts"],
        ["Models", "Training", "Analysis", "Data", "Interchange"],
        ["Optimizers", "Schedules", "Regularizers", "Losses", "Layers", "Activations", "Initializers"],
        ["Autograd"],
        ["Tensors"],
        ["Kernels", "Display"],
    ];

    /// <summary>Uses between rooms of one floor. Any other is refused, and so is a circle made of these.</summary>
    public static readonly (string From, string To, string Why)[] Neighbours =
    [
        ("Course", "Charts", "a claim may show its chart"),
        ("Models", "Training", "autoencoders are trained layer by layer"),
        ("Models", "Data", "what a model is trained on without labels"),
        ("Training", "Data", "fit takes a data set"),
        ("Training", "Interchange", "a checkpoint is a file of tensors"),
        ("Data", "Interchange", "a file appears whole or not at all"),
        ("Analysis", "Data", "a study draws its samples"),
        ("Analysis", "Training", "a study trains a model and reads its history"),
        ("Regularizers", "Layers", "a penalty is on the parameters of a Module or on its outputs"),
        ("Activations", "Layers", "an activation is a Module"),
        ("Activations", "Initializers", "Maxout fills its weights"),
        ("Layers", "Initializers", "a layer fills its own parameters"),
    ];

    /// <summary>The rooms that know of notebooks; for all others a reader is somebody who calls a library.</summary>
    public static readonly string[] KnowNotebooks = ["Display", "Charts", "Course"];

    /// <summary>The room of a file given relative to src/CourseLib; empty for a file outside every room.</summary>
    public static string Of(string file) => file.Contains('/') ? file[..file.IndexOf('/')] : "";

    /// <summary>Whether a file of one room may use what another room declares.</summary>
    public static bool MayUse(string from, string to) =>
        from == to || Floor(from) < Floor(to) || Neighbours.Any(edge => edge.From == from && edge.To == to);

    /// <summary>The floor's index, the top floor being 0; a room that is not in the list is refused by name.</summary>
    public static int Floor(string room)
    {
        int floor = Array.FindIndex(Floors, rooms => rooms.Contains(room));
        return floor >= 0 ? floor : throw new ArgumentException($"'{room}' is no room of src/CourseLib: give it a floor in Rooms.cs, or move the file.");
    }
}
