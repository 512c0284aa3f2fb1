namespace CourseLib.Losses;

/// <summary>How the losses of single elements or examples become one number.</summary>
public enum Reduction
{
    /// <summary>Their mean: the size of a step does not depend on the size of the batch.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>They stay as they are, a tensor: to look at single examples, or to weight them yourself. A trainer wants one number.</summary>
    None,
}
