namespace CourseLib.Course.Grading;

/// <summary>What a grader says of an answer.</summary>
/// <param name="State">Solved, wrong, not done, or broken.</param>
/// <param name="Passed">The cases that passed, in order, up to the first that did not.</param>
/// <param name="Failed">The first case that did not pass; empty when solved or not done.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Misconception">The wrong idea that gives the same numbers; empty where none of the known ones does.</param>
/// <param name="Hint">What to think about.</param>
internal sealed record Verdict(ExerciseState State, IReadOnlyList<string> Passed, string Failed = "", string Problem = "", string Misconception = "", string Hint = "");
