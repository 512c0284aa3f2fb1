namespace CourseLib.Data;

/// <summary>One file of a <see cref="RemoteSet"/>.</summary>
/// <param name="Name">Its name on every mirror and on disk.</param>
/// <param name="Bytes">Its size as it is downloaded.</param>
/// <param name="Sha256">The SHA-256 of those bytes, in lower-case hexadecimal digits.</param>
public sealed record RemoteFile(string Name, long Bytes, string Sha256);

/// <summary>A public data set of MNIST's format that <see cref="Downloader"/> can fetch.</summary>
/// <param name="Name">What the command line calls it, and its folder.</param>
/// <param name="Title">What texts call it.</param>
/// <param name="Credit">Who made it and under which licence.</param>
/// <param name="Mirrors">Addresses of folders that hold the same files; tried in this order.</param>
/// <param name="Files">The files.</param>
/// <param name="ClassNames">The ten classes, in the order of their labels.</param>
public sealed record RemoteSet(
    string Name,
    string Title,
    string Credit,
    IReadOnlyList<Uri> Mirrors,
    IReadOnlyList<RemoteFile> Files,
    IReadOnlyList<string> ClassNames)
{
    /// <summary>MNIST: 60,000 + 10,000 handwritten digits. The checksums are those that TensorFlow Datasets and others publish for the original files.</summary>
    public static RemoteSet Mnist { get; } = new(
        "mnist",
        "MNIST",
        "Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0",
        [
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        ],
        [
            new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ],
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    /// <summary>Fashion-MNIST: 60,000 + 10,000 articles of clothing in MNIST's format (Xiao, Rasul, Vollgraf 2017).</summary>
    public static RemoteSet FashionMnist { get; } = new(
        "fashion-mnist",
        "Fashion-MNIST",
        "Zalando Research; MIT licence",
        [
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        ],
        [
            new("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ],
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]);

    /// <summary>All sets that can be downloaded.</summary>
    public static IReadOnlyList<RemoteSet> All { get; } = [Mnist, FashionMnist];

    /// <summary>The set of a name, in any case; null when there is none.</summary>
    /// <param name="name">Such as "mnist".</param>
    public static RemoteSet? Find(string name) => All.FirstOrDefault(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
