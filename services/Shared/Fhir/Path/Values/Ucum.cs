using System.Collections.Frozen;
using System.Globalization;

namespace Fhir.Path.Values;

/// <summary>A unit as a multiple of base units.</summary>
/// <param name="Factor">1 of the unit in its base units.</param>
/// <param name="Dimension">The base units with their exponents, in a fixed order: `g1m-3`; empty for a ratio.</param>
internal readonly record struct UcumUnit(decimal Factor, string Dimension);

/// <summary>
/// The part of UCUM (https://ucum.org/ucum) that health care uses daily: its grammar, metric prefixes and the units
/// below with their defined factors. Units that are not here, and those with an offset (`Cel`), compare with
/// themselves only.
/// </summary>
internal sealed class Ucum
{
    private static readonly FrozenDictionary<string, decimal> Prefixes = new Dictionary<string, decimal>
    {
        ["T"] = 1e12m,
        ["G"] = 1e9m,
        ["M"] = 1e6m,
        ["k"] = 1e3m,
        ["h"] = 100,
        ["da"] = 10,
        ["d"] = 0.1m,
        ["c"] = 0.01m,
        ["m"] = 1e-3m,
        ["u"] = 1e-6m,
        ["n"] = 1e-9m,
        ["p"] = 1e-12m,
        ["f"] = 1e-15m,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // An atom of UCUM, whether it takes prefixes, its factor, and the expression in base units that it stands for.
    // What has no expression is a base unit here; moles and arbitrary units ([iU]) are kept apart from numbers.
    private static readonly FrozenDictionary<string, Atom> Atoms = new Dictionary<string, Atom>
    {
        ["m"] = new(true, 1),
        ["g"] = new(true, 1),
        ["s"] = new(true, 1),
        ["K"] = new(true, 1),
        ["mol"] = new(true, 1),
        ["Cel"] = new(true, 1),
        ["[degF]"] = new(false, 1),
        ["[iU]"] = new(true, 1),
        ["[IU]"] = new(true, 1, "[iU]"),
        ["U"] = new(true, 1e-6m / 60, "mol/s"),
        ["kat"] = new(true, 1, "mol/s"),
        ["eq"] = new(true, 1, "mol"),
        ["osm"] = new(true, 1, "mol"),
        ["1"] = new(false, 1, ""),
        ["%"] = new(false, 0.01m, ""),
        ["10*"] = new(false, 10, ""),
        ["10^"] = new(false, 10, ""),
        ["[pi]"] = new(false, 3.1415926535897932384626433833m, ""),
        ["min"] = new(false, 60, "s"),
        ["h"] = new(false, 3600, "s"),
        ["d"] = new(false, 86400, "s"),
        ["wk"] = new(false, 604800, "s"),
        ["mo"] = new(false, 2629800, "s"),
        ["a"] = new(false, 31557600, "s"),
        ["L"] = new(true, 0.001m, "m3"),
        ["l"] = new(true, 0.001m, "m3"),
        ["Hz"] = new(true, 1, "s-1"),
        ["N"] = new(true, 1000, "g.m/s2"),
        ["Pa"] = new(true, 1000, "g/m/s2"),
        ["bar"] = new(true, 1e8m, "g/m/s2"),
        ["m[Hg]"] = new(true, 133322000, "g/m/s2"),
        ["J"] = new(true, 1000, "g.m2/s2"),
        ["cal"] = new(true, 4184, "g.m2/s2"),
        ["W"] = new(true, 1000, "g.m2/s3"),
        ["t"] = new(true, 1e6m, "g"),
        ["[in_i]"] = new(false, 0.0254m, "m"),
        ["[ft_i]"] = new(false, 0.3048m, "m"),
        ["[lb_av]"] = new(false, 453.59237m, "g"),
        ["[oz_av]"] = new(false, 28.349523125m, "g"),
        ["[st_av]"] = new(false, 6350.29318m, "g"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _text;
    private readonly SortedDictionary<string, int> _exponents = new(StringComparer.Ordinal);
    private decimal _factor = 1;
    private int _at;

    private Ucum(string text) => _text = text;

    /// <summary>The unit, or null when it is not known here.</summary>
    public static UcumUnit? Parse(string text)
    {
        if (text.Length > 100) return null;
        try
        {
            var parser = new Ucum(text);
            return parser.ReadTerm(1, 0) && parser._at == text.Length ? parser.Result() : null;
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    private UcumUnit Result() => new(_factor, string.Concat(_exponents.Where(e => e.Value != 0)
        .Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key}{e.Value}"))));

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    // term = ["/"] component { ("." | "/") component }
    private bool ReadTerm(int sign, int depth)
    {
        if (depth > 10) return false;
        var direction = Take('/') ? -sign : sign;
        if (!ReadComponent(direction, depth)) return false;
        while (true)
        {
            if (Take('.')) direction = sign;
            else if (Take('/')) direction = -sign;
            else return true;
            if (!ReadComponent(direction, depth)) return false;
        }
    }

    private bool ReadComponent(int sign, int depth)
    {
        if (Take('(')) return ReadTerm(sign, depth + 1) && Take(')');
        var start = _at;
        var brackets = 0;
        while (_at < _text.Length && (brackets > 0 || _text[_at] is not ('.' or '/' or '(' or ')' or '{')))
        {
            if (_text[_at] == '[') brackets++;
            if (_text[_at] == ']') brackets--;
            _at++;
        }
        var symbol = _text[start.._at];
        var isAnnotated = SkipAnnotation();
        return symbol.Length == 0 ? isAnnotated : Add(symbol, sign, depth);
    }

    private bool SkipAnnotation()
    {
        if (_at >= _text.Length || _text[_at] != '{') return false;
        var end = _text.IndexOf('}', _at);
        if (end < 0) return false;
        _at = end + 1;
        return true;
    }

    private bool Add(string symbol, int sign, int depth)
    {
        if (decimal.TryParse(symbol, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Multiply(number, sign);
            return true;
        }
        var end = symbol.AsSpan().LastIndexOfAnyExcept("+-0123456789") + 1;
        var exponent = 1;
        var hasExponent = end < symbol.Length && int.TryParse(symbol.AsSpan(end), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out exponent);
        if (!hasExponent && end < symbol.Length || Math.Abs(exponent) > 20) return false;
        if (Find(symbol[..end]) is not { } found) return false;
        var power = exponent * sign;
        Multiply(found.Prefix * found.Atom.Factor, power);
        if (found.Atom.Base is not { } expression)
        {
            _exponents[found.Symbol] = _exponents.GetValueOrDefault(found.Symbol) + power;
            return true;
        }
        if (expression.Length == 0) return true;
        var inner = new Ucum(expression);
        if (!inner.ReadTerm(1, depth + 1)) return false;
        Multiply(inner._factor, power);
        foreach (var (symbolOfBase, count) in inner._exponents)
            _exponents[symbolOfBase] = _exponents.GetValueOrDefault(symbolOfBase) + count * power;
        return true;
    }

    private void Multiply(decimal factor, int power)
    {
        for (var i = 0; i < Math.Abs(power); i++) _factor = power > 0 ? _factor * factor : _factor / factor;
    }

    private static (decimal Prefix, string Symbol, Atom Atom)? Find(string symbol)
    {
        if (Atoms.TryGetValue(symbol, out var atom)) return (1, symbol, atom);
        for (var length = 1; length <= 2 && length < symbol.Length; length++)
        {
            if (Prefixes.TryGetValue(symbol[..length], out var prefix)
                && Atoms.TryGetValue(symbol[length..], out var prefixed) && prefixed.IsMetric)
            {
                return (prefix, symbol[length..], prefixed);
            }
        }
        return null;
    }

    private sealed record Atom(bool IsMetric, decimal Factor, string? Base = null);
}
