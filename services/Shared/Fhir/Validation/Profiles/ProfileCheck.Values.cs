using Fhir.Path;

namespace Fhir.Validation;

internal sealed partial class ProfileCheck
{
    private void Values(ProfileElement element, Base item)
    {
        foreach (var expected in element.Fixed)
        {
            if (!Patterns.IsFixed(item, expected)) Fault(IssueType.Value, "fixed", "The value must be the fixed one");
        }
        foreach (var pattern in element.Patterns)
        {
            if (!Patterns.Matches(item, pattern))
                Fault(IssueType.Value, "pattern", "The value must have all of the pattern");
        }
        if (element.MaxLength is { } most && item is PrimitiveType { Text.Length: var length } && length > most)
            Fault(IssueType.TooLong, "max-length", $"At most {most} characters");
        if (element.ValueSet is { } valueSet) Binding(valueSet, item);
    }

    private void Binding(string valueSet, Base item)
    {
        if (_registry.Codes(valueSet) is not { } codes)
            NotChecked($"the codes of the value set {valueSet}, which cannot be expanded here");
        else if (!codes.Holds(item) && !IsWithoutValue(item))
            Fault(IssueType.CodeInvalid, "binding", $"The code must be one of the value set {valueSet}");
    }

    // A primitive may have an extension in place of its value, which says why it is absent.
    private static bool IsWithoutValue(Base item) => item is PrimitiveType { Text: null };

    private void Rule(ProfileRule rule, Base item)
    {
        if (!(rule.IsError || options.Warnings) || options.Skipped.Contains(rule.Key)) return;
        run.Focus = item;
        try
        {
            if (rule.Expression.IsTrue(run, item)) return;
        }
        catch (FhirPathException e) when (!e.IsLimit)
        {
            Tell(rule, $" ({e.Message})");
            return;
        }
        Tell(rule, "");
    }

    private void Tell(ProfileRule rule, string because)
    {
        var message = $"{rule.Key}: {rule.Human}{because} (profile: {_profile.Canonical})";
        if (rule.IsError) _issues.Error(IssueType.Invariant, message, -1);
        else _issues.Warning(IssueType.Invariant, message, -1);
    }
}
