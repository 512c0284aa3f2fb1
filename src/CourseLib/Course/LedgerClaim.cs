namespace CourseLib.Course;

/// <summary>A statement of a lecture that the course verifies, as the ledger has it.</summary>
/// <param name="Id">Its stable name, such as <c>init.zeros</c>.</param>
/// <param name="Notebook">The notebook that verifies it, such as <c>05-initialization</c>.</param>
/// <param name="Sources">Where the lectures say it: <c>lecture key: slide heading</c>.</param>
/// <param name="Claim">What the lecture states, in the course's words.</param>
/// <param name="Show">What the cell has to measure.</param>
/// <param name="Erratum">Where the slide is wrong or ambiguous; null where it is not.</param>
public sealed record LedgerClaim(string Id, string Notebook, IReadOnlyList<string> Sources, string Claim, string? Show = null, string? Erratum = null);
