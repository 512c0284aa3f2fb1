namespace CourseLib.Schedules;

/// <summary>
/// A learning rate schedule (расписание learning rate): the rate as a plain function of the step, counted from 0 (lectures perc, "Learning rate scheduling";
/// init, "Stochastic Gradient Descent"; intro, "LR decay").
/// </summary>
/// <remarks>
/// Any lambda is one: <c>step => 0.1 / Math.Sqrt(step + 1)</c>. Those of this room are defined for every step from 0 on, also past the end of what they
/// describe. Lecture perc asks "Когда уменьшать learning rate?"; the Trainer has the three answers: every iteration is <c>Trainer.Schedule</c>, every epoch
/// <c>Trainer.EpochSchedule</c> (the same functions, asked with the epoch), and when the validation loss worsens <c>Trainer.ReduceOnPlateau</c>.
/// </remarks>
/// <param name="step">The step, from 0: a batch or an epoch, as the user of the schedule counts.</param>
/// <returns>The learning rate of this step.</returns>
public delegate double Schedule(int step);
