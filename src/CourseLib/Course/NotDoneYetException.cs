namespace CourseLib.Course;

/// <summary>What the stub of an exercise throws until somebody writes it. <see cref="Exercise.Check(string, Delegate)"/> answers it with "not done yet".</summary>
public sealed class NotDoneYetException() : Exception("This exercise is not done yet: write the body of this method.");
