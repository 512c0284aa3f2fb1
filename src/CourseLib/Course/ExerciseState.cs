namespace CourseLib.Course;

/// <summary>How far an exercise is.</summary>
public enum ExerciseState
{
    /// <summary>The stub is untouched.</summary>
    NotDone,

    /// <summary>Every case passed.</summary>
    Solved,

    /// <summary>A case gave something else than expected.</summary>
    Wrong,

    /// <summary>The answer threw, did not end, or is of another kind than the exercise asks for.</summary>
    Broken,
}
