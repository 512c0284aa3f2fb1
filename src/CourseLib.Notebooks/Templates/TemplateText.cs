namespace CourseLib.Notebooks.Templates;

/// <summary>The texts of new files. They compile and pass as they are; what an author replaces is written so that it is seen.</summary>
internal static class TemplateText
{
    /// <summary>The cells of a lecture notebook.</summary>
    public static (bool IsCode, string Text)[] Notebook(string title, string version, string number) =>
    [
        (false, $"# {number} {title}\n\n*Which question does this notebook answer?*\n\nThis notebook follows the slides … of the lecture …."),
        (true, $"#r \"nuget: CourseLib, {version}\"\nusing System;\nusing System.Linq;\nusing CourseLib.Charts;\nusing CourseLib.Course;\nusing CourseLib.Kernels;\nusing CourseLib.Tensors;"),
        (false, "## 1. One idea\n\nWhat do you expect? The mean of $n$ numbers with variance 1 lies about $1/\\sqrt{n}$ from 0."),
        (true, """
        double[] sizes = [1, 10, 100, 1000];
        double[] spread = [.. sizes.Select(n => Enumerable.Range(0, 200).Average(i => Math.Abs(Tensor.RandN([(int)n], new Generator((ulong)i)).Mean().Item())))];
        Chart.Line(sizes, spread).Title("The mean of n numbers comes closer to 0").XAxis("n").YAxis("distance from 0")
        """),
        (false, "What do you see, and why?"),
    ];

    /// <summary>The cells of a claim.</summary>
    public static (bool IsCode, string Text)[] Claim(string id) =>
    [
        (false, "What is stated, where the lecture states it, and what the next cell measures."),
        (true, $"double measured = Math.Sqrt(2) * Math.Sqrt(2);\nClaim.Close(\"{id}\", \"what is compared\", expected: 2, measured: measured, margin: 1e-12, control: 3, \"the slide's wrong form\")"),
    ];

    /// <summary>The first cells of a solutions notebook.</summary>
    public static (bool IsCode, string Text)[] Solutions(string lecture, string version) =>
    [
        (false, $"# {lecture[..2]} Solutions: {lecture[3..].Replace('-', ' ')}\n\nThey follow notebook [{lecture[..2]}](../{lecture}.ipynb). Write the body of each method, run the cell under it, read what it says. `Exercise.Hint(\"…\")` in a cell of its own gives a hint, then a second one, then the solution."),
        (true, $"#r \"nuget: CourseLib, {version}\"\nusing System;\nusing System.Linq;\nusing CourseLib.Course;\nusing CourseLib.Kernels;\nusing CourseLib.Tensors;"),
    ];

    /// <summary>The cells of an exercise.</summary>
    public static (bool IsCode, string Text)[] Exercise(string id, string method) =>
    [
        (false, $"## {id} (easy)\n\nWhat the student is asked for: the mean of each feature of a batch `x` [B, D]."),
        (true, $"Tensor {method}(Tensor x)\n{{\n    // <solution>\n    return x.Mean(0);\n    // </solution>\n}}"),
        (true, $"Exercise.Check(\"{id}\", {method})"),
    ];

    /// <summary>The file of a grader.</summary>
    public static string Grader(string id, string lecture, string folder, string type) => $$"""
        using CourseLib.Course.Grading;
        using CourseLib.Kernels;
        using CourseLib.Tensors;

        namespace CourseLib.Course.Exercises.{{folder}};

        /// <summary>{{id}}: the mean of each feature of a batch.</summary>
        internal static class {{type}}
        {
            public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor>>(
                "{{id}}", "{{lecture}}", Level.Easy, "the mean of each feature", reference: x => x.Mean(0))
            {
                Cases =
                [
                    new("four examples", answer => answer(Tensor.RandN([4, 3], new Generator(1)))),
                    new("a batch that is not square", answer => answer(Tensor.RandN([7, 2], new Generator(2)) + 5)),
                ],
                Ideas =
                [
                    new("sum instead of mean", x => x.Sum(0), "Twice the batch must not give twice the mean."),
                    new("mean of each example", x => x.Mean(1), "One number for each feature: which dimension has to go?"),
                    new("one mean of all numbers", x => x.Mean(), "Features may have different means; keep them apart."),
                    new("the wrong sign", x => x.Mean(0) * -1, "Try it on a batch of ones."),
                ],
                Alternatives = [x => x.Sum(0) / x.Shape[0]],
                Hints = ["Which dimension of [B, D] is the batch?", "A reduction over dimension 0 leaves [D]."],
            };
        }

        """;
}
