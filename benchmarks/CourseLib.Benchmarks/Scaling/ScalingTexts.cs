namespace CourseLib.Benchmarks.Scaling;

/// <summary>What stands beside the charts.</summary>
internal static class ScalingTexts
{
    public const string Batch = "", Width = "", Image = "", Threads = "", Roofline = "";

    public static string Reason(string work) => "";
}
