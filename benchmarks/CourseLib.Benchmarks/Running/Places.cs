namespace CourseLib.Benchmarks.Running;

/// <summary>Where things are.</summary>
internal sealed class Places
{
    /// <summary>Looks upwards from this program for the repository.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none: the scripts of the peers are not there either.</exception>
    public Places()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CourseLib.sln")))
        {
            folder = folder.Parent;
        }

        Root = folder?.FullName ?? throw new DirectoryNotFoundException("compare: expected to run inside the repository (dotnet run --project benchmarks/CourseLib.Benchmarks -- compare).");
        PeerFolder = Environment.GetEnvironmentVariable("COURSELIB_PEERS") is { Length: > 0 } chosen ? chosen
            : new[] { Root, MainClone(Root) }.Select(root => Path.Combine(root, "artifacts", "peers")).FirstOrDefault(path => Directory.Exists(Path.Combine(path, "node_modules")))
            ?? Path.Combine(Root, "artifacts", "peers");
    }

    /// <summary>The repository.</summary>
    public string Root { get; }

    /// <summary>What is installed and made for peers; not in git. A worktree without any uses those of the clone that it belongs to; COURSELIB_PEERS names another folder.</summary>
    public string PeerFolder { get; }

    /// <summary>The networks as ONNX files.</summary>
    public string ModelFolder => Path.Combine(PeerFolder, "models");

    /// <summary>PyTorch's side.</summary>
    public string TorchScript => Path.Combine(Root, "benchmarks", "peers", "torch_peer.py");

    /// <summary>ONNX Runtime's side.</summary>
    public string OnnxScript => Path.Combine(Root, "benchmarks", "peers", "ort_peer.js");

    /// <summary>The rows as JSON.</summary>
    public string Json => Path.Combine(Root, "artifacts", "compare.json");

    /// <summary>The committed tables, one for each processor.</summary>
    public string ResultFolder => Path.Combine(Root, "benchmarks", "results");

    /// <summary>Debian's Python, whose PyTorch is a package of the system; COURSELIB_PYTHON names another.</summary>
    public string Python { get; } = Environment.GetEnvironmentVariable("COURSELIB_PYTHON") is { Length: > 0 } chosen ? chosen : File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Node.</summary>
    public string Node { get; } = "node";

    // In a worktree .git is a file, "gitdir: <clone>/.git/worktrees/<name>".
    private static string MainClone(string root)
    {
        string file = Path.Combine(root, ".git");
        string[] parts = File.Exists(file) ? File.ReadAllText(file).Replace("gitdir:", "", StringComparison.Ordinal).Trim().Split("/.git/worktrees/") : [];
        return parts.Length == 2 ? Path.GetFullPath(parts[0], root) : root;
    }
}
