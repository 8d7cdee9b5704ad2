namespace Fhir.Validation;

internal sealed partial class ProfileCheck
{
    private void Slices(Slicing slicing, List<(int Index, Base Item)> items)
    {
        var parts = slicing.Slices.Select(_ => new List<(int Index, Base Item)>()).ToArray();
        var untold = new bool[parts.Length];
        var (last, isPastSlices) = (0, false);
        foreach (var entry in items)
        {
            _issues.Index = entry.Index;
            var part = PartOf(entry.Item, slicing, untold);
            if (part < 0)
            {
                if (slicing.Rules == SlicingRules.Closed && !untold.Contains(true))
                    Fault(IssueType.Structure, "slicing-closed", "Nothing but the slices of the profile may be here");
                isPastSlices = true;
                continue;
            }
            if (isPastSlices && slicing.Rules == SlicingRules.OpenAtEnd)
                Fault(IssueType.Structure, "slicing-open-at-end", "What is of no slice must come last");
            if (slicing.Ordered && part < last)
                Fault(IssueType.Structure, "slicing-ordered", "The items must come in the order of the slices");
            last = Math.Max(last, part);
            parts[part].Add(entry);
        }
        for (var i = 0; i < parts.Length; i++)
        {
            if (!untold[i]) Slice(slicing.Slices[i], parts[i]);
        }
    }

    // The first slice that the item is of, or -1. What cannot be told of an item is noted and refuses nothing.
    private int PartOf(Base item, Slicing slicing, bool[] untold)
    {
        for (var i = 0; i < slicing.Slices.Length; i++)
        {
            switch (Belongs(slicing, slicing.Slices[i], item))
            {
                case true:
                    return i;
                case null:
                    untold[i] = true;
                    NotChecked($"the slice {slicing.Slices[i].Slice}, which cannot be told apart");
                    break;
            }
        }
        return -1;
    }

    private void Slice(ProfileElement slice, List<(int Index, Base Item)> items)
    {
        Count(slice, items.Count);
        foreach (var (index, item) in items)
        {
            _issues.Index = index;
            Item(slice, item);
        }
        if (slice.Slicing is { } inner) Slices(inner, items);
        _issues.Index = -1;
    }

    private bool? Belongs(Slicing slicing, ProfileElement slice, Base item)
    {
        bool? belongs = true;
        foreach (var discriminator in slicing.Discriminators)
        {
            var told = Tells(discriminator, slice, item);
            if (told == false) return false;
            belongs &= told;
        }
        return belongs;
    }

    /// <summary>Whether a discriminator finds the item to be of the slice; null when it cannot tell.</summary>
    private bool? Tells(Discriminator discriminator, ProfileElement slice, Base item)
    {
        run.Focus = item;
        var found = discriminator.Expression.Evaluate(run, item);
        var values = new List<Base>();
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i] is Base value) values.Add(value);
        }
        var targets = DiscriminatorTarget.Of(slice, discriminator.Path, _registry);
        return discriminator.Kind switch
        {
            DiscriminatorType.Exists => Exists(targets, values.Count > 0),
            DiscriminatorType.Type => Any(targets.Select(t => IsOfType(t, values, item, discriminator))),
            DiscriminatorType.Profile => Any(targets.Select(t => KeepsTo(t, values))),
            _ => Any(targets.Select(t => t.HasValue(values, _registry))),
        };
    }

    private static bool? Exists(IEnumerable<DiscriminatorTarget> targets, bool isThere)
    {
        var target = targets.FirstOrDefault();
        if (target.Element is null) return null;
        if (target.Element.Max == 0) return !isThere;
        return target.Element.Min > 0 ? isThere : null;
    }

    private bool? IsOfType(DiscriminatorTarget target, List<Base> values, Base item, Discriminator discriminator)
    {
        if (target.Element?.Types is not { } types) return null;
        if (!target.IsResolved) return values.Exists(v => types.Any(t => v.TypeDef.Is(t.Code)));
        string[] names = [.. types.SelectMany(t => t.Targets).Select(TypeOf).OfType<string>()];
        // A target elsewhere is of the type that its reference names.
        if (values.Count == 0 && discriminator.Path is "resolve()" or "$this.resolve()")
            return Path.References.TypeOf(item) is { } named && names.Contains(named);
        return values.Exists(v => names.Any(v.TypeDef.Is));
    }

    private bool? KeepsTo(DiscriminatorTarget target, List<Base> values)
    {
        if (target.Element?.Types is not { } types) return null;
        string[] profiles = [.. types.SelectMany(t => target.IsResolved ? t.Targets : t.Profiles)];
        if (profiles.Length == 0 || profiles.Any(p => !_registry.Knows(p))) return null;
        return values.Exists(v =>
            profiles.Any(p => TypeOf(p) is { } type && v.TypeDef.Is(type) && Faults(p, v).Length == 0));
    }

    private static bool? Any(IEnumerable<bool?> answers)
    {
        bool? told = null;
        foreach (var answer in answers)
        {
            if (answer == true) return true;
            told ??= answer;
        }
        return told;
    }
}
