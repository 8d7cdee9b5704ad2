namespace Fhir.Path;

/// <summary>
/// What a part of an expression sees at its place: `$this`, `$index`, `$total`, and the run as a whole.
/// </summary>
internal readonly struct Frame(Run run, Items focus, int index, Items total)
{
    public readonly Run Run = run;
    public readonly Items Focus = focus;
    public readonly int Index = index;
    public readonly Items Total = total;

    /// <summary>The same place with another `$this`.</summary>
    public Frame With(Items focus) => new(Run, focus, Index, Total);
}
