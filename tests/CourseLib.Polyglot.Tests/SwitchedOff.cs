namespace CourseLib.Polyglot.Tests;

/// <summary>What this project has to say when its packages are not asked for.</summary>
public sealed class SwitchedOff
{
    [Fact(Skip = "Needs the packages of .NET Interactive and Plotly.NET: set PolyglotPackages=true where a source has them (docs/developers.md).")]
    public void The_course_runs_in_a_real_kernel()
    {
    }
}
