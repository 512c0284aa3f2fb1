namespace CourseLib.Optimizers;

/// <summary>How much a parameter shrinks in a step of decoupled weight decay w (Loshchilov and Hutter 2019; lecture cnn, "Adam, AdamW и другие животные").</summary>
public enum WeightDecayForm
{
    /// <summary>By lr w (torch): the decay follows the learning rate.</summary>
    ByRate,

    /// <summary>By eta_t w, where eta_t is the learning rate relative to the one at the start (the paper and the slide): rate and decay are chosen apart, a schedule moves both.</summary>
    BySchedule,
}
