namespace CourseLib.Layers;

/// <summary>Evaluation mode for a while: disposing puts every module back into the mode that it was in, also those that differed from their parent.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(Module Module, bool WasTraining)> modes = [];

    internal EvaluationMode(Module model)
    {
        Note(model);
        model.Eval();
    }

    public void Dispose()
    {
        foreach ((Module module, bool wasTraining) in modes)
        {
            module.IsTraining = wasTraining;
        }
    }

    private void Note(Module module)
    {
        modes.Add((module, module.IsTraining));
        foreach ((_, Module child) in module.Children)
        {
            Note(child);
        }
    }
}
