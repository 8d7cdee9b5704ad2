using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fhir.Path;

/// <summary>One evaluation, or many in a row that share their limits: environment, counters and small caches.</summary>
internal sealed class Run
{
    /// <summary>Greatest length of a text that an expression may make.</summary>
    public const int LongestText = 4 * 1024 * 1024;

    private static readonly TimeSpan AllRegexes = TimeSpan.FromSeconds(1);

    private readonly FhirPathContext _context;
    private long _regexTicks;
    private int _steps;
    private DateTimeOffset? _now;
    private Bundle? _bundle;
    private BundleIndex? _index;
    private Resource? _walked;
    private Items _descendants;

    public Run(Base? focus, FhirPathContext context)
    {
        _context = context;
        _steps = context.MaxSteps;
        Focus = focus;
        Resource = context.Resource ?? focus as Resource;
        Root = context.RootResource ?? Resource;
        Bundle = context.Bundle ?? Resource as Bundle;
    }

    /// <summary>`%context`</summary>
    public Base? Focus { get; set; }

    /// <summary>`%resource`</summary>
    public Resource? Resource { get; set; }

    /// <summary>`%rootResource`</summary>
    public Resource? Root { get; set; }

    /// <summary>Where references are looked for.</summary>
    public Bundle? Bundle
    {
        get => _bundle;
        set => (_bundle, _index) = (value, null);
    }

    public Action<string, IReadOnlyList<object>>? Trace => _context.Trace;

    /// <summary>The same for the whole evaluation, as the specification demands.</summary>
    public DateTimeOffset Now => _now ??= _context.Clock.GetLocalNow();

    public object? Variable(string name) => _context.Variables?.GetValueOrDefault(name);

    /// <summary>Counts work, so that no expression runs for ever.</summary>
    public void Step(int count = 1)
    {
        if ((_steps -= count) < 0) throw new FhirPathException("The expression takes too many steps.", isLimit: true);
    }

    /// <summary>Charges for a text that was made.</summary>
    public string Made(string text)
    {
        Fits(text.Length);
        Step(text.Length / 64);
        return text;
    }

    public static void Fits(long length)
    {
        if (length > LongestText) throw new FhirPathException("The expression makes too long a text.", isLimit: true);
    }

    /// <summary>Runs a regular expression within its time and the time of all in this run.</summary>
    public T Match<T>(Regex regex, string text, Func<Regex, string, T> match)
    {
        Step(1 + text.Length / 16);
        if (_regexTicks > AllRegexes.Ticks)
            throw new FhirPathException("The regular expressions take too long.", isLimit: true);
        var start = Stopwatch.GetTimestamp();
        try
        {
            return match(regex, text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new FhirPathException("A regular expression takes too long.", isLimit: true);
        }
        finally
        {
            _regexTicks += Stopwatch.GetElapsedTime(start).Ticks;
        }
    }

    /// <summary>
    /// What a reference points to: a contained resource, another entry of the Bundle, or what the context finds.
    /// </summary>
    public Resource? Resolve(string reference) => FindLocal(reference) ?? _context.Resolver?.Invoke(reference);

    /// <summary>A contained resource or another entry of the Bundle, or null.</summary>
    public Resource? FindLocal(string reference)
    {
        if (reference.StartsWith('#')) return Contained(reference.AsSpan(1));
        return Bundle is null ? null : (_index ??= new(Bundle)).Find(reference);
    }

    /// <summary>All descendants of a resource; rules ask for those of `%resource` again and again.</summary>
    public Items Descendants(Resource resource)
    {
        if (ReferenceEquals(_walked, resource)) return _descendants;
        _descendants = Tree.Descendants(this, resource);
        _walked = resource;
        return _descendants;
    }

    private Resource? Contained(ReadOnlySpan<char> id)
    {
        if (id.IsEmpty) return Root;
        if (Root is not DomainResource root || root.Get(ContainedOrdinal) is not List<Resource> all) return null;
        foreach (var contained in all)
        {
            if (id.SequenceEqual(contained.Id)) return contained;
        }
        return null;
    }

    private static readonly int ContainedOrdinal = DomainResource.Def.Element("contained")!.Ordinal;
}
