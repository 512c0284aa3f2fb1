using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseLib.Interactive.Live;

/// <summary>
/// The one place in a cell's output where its trainings show themselves, one after the other: a search over twenty learning rates does not leave twenty
/// charts. A cell that has trained for less than a second shows nothing; after that the picture changes twice a second, and less often where drawing it is
/// slow, so that it takes a twentieth of the time at most.
/// </summary>
internal sealed class LivePanel
{
    private const int Share = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly ConditionalWeakTable<KernelCommand, LivePanel> Panels = [];

    private readonly Lock gate = new();
    private readonly TimeProvider clock = Clock;
    private readonly KernelInvocationContext cell;
    private DisplayedValue? shown;
    private long due;
    private int trainings;
    private bool isBroken;

    private LivePanel(KernelInvocationContext cell)
    {
        this.cell = cell;
        due = After(Patience);
    }

    /// <summary>What time it is; tests have a time of their own.</summary>
    public static TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Whether the time has come for another picture.</summary>
    public bool IsDue => clock.GetTimestamp() >= Volatile.Read(ref due);

    /// <summary>Whether there has been a picture.</summary>
    public bool IsShown => shown is not null;

    /// <summary>The panel of a running cell.</summary>
    public static LivePanel Of(KernelInvocationContext cell) => Panels.GetValue(cell.Command, _ => new LivePanel(cell));

    /// <summary>1 for the cell's first training, 2 for its second.</summary>
    public int NextTraining() => Interlocked.Increment(ref trainings);

    /// <summary>Draws a picture in place of the last one. A picture that cannot be drawn is the last: it must not end a training.</summary>
    public void Show(Func<TrainingPicture> draw)
    {
        lock (gate)
        {
            if (isBroken)
            {
                return;
            }

            long before = clock.GetTimestamp();
            try
            {
                if (shown is null)
                {
                    shown = cell.Display(draw(), HtmlFormatter.MimeType);
                }
                else
                {
                    shown.Update(draw());
                }
            }
#pragma warning disable CA1031 // Whatever it is: the training goes on.
            catch (Exception)
#pragma warning restore CA1031
            {
                isBroken = true;
            }

            TimeSpan took = clock.GetElapsedTime(before);
            Volatile.Write(ref due, isBroken ? long.MaxValue : After(took * Share > Pause ? took * Share : Pause));
        }
    }

    private long After(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
}
