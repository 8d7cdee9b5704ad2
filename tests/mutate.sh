#!/usr/bin/env bash
# Breaks the placement policy in one place after the other and shows that its tests notice each break.
#   tests/mutate.sh RECORD.md [FIRST-LAST]    appends what caught each mutant
# The mutants stand in tests/placement-mutants.txt, numbered as they come. All are built into one scratch copy as
# switches, so that there is one build; one process then turns them on one by one and runs the placement tests for each.
set -euo pipefail
record=$(realpath "${1:?Name the Markdown file that gets the record.}")
slice="${2:-1-9999}"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
scratch="${OMH_MUTATE_SCRATCH:-$(mktemp -d /tmp/omh-mutants.XXXXXX)}"
mkdir -p "$scratch"
tar --exclude=bin --exclude=obj --exclude=.git -cf - . | tar -xf - -C "$scratch"

python3 - "$scratch" <<'PYTHON'
import pathlib, re, sys
root = pathlib.Path(sys.argv[1])
folder = root / "services/OccupationalHealth/Placement"
places, table = {}, []
lines = [line for line in (root / "tests/placement-mutants.txt").read_text().splitlines() if line and line[0] != "#"]
for number, line in enumerate(lines, 1):
    file, text, instead = line.split(" | ", 2)
    source = (folder / file).read_text()
    whole, part = text, re.search(r"\{\{(.*?)\}\}", text)
    if part:
        whole = text[:part.start()] + part.group(1) + text[part.end():]
    count = source.count(whole)
    if count == 0 or (count > 1 and not file.endswith(".json")):
        sys.exit(f"Mutant {number}: '{whole}' stands {count} times in {file}.")
    table.append((number, file, whole, instead))
    if file.endswith(".json"):
        continue
    start = source.index(whole) + (part.start() if part else 0)
    end = start + len(part.group(1) if part else whole)
    places.setdefault(file, {}).setdefault((start, end), []).append((number, instead))
for file, spans in places.items():
    source = (folder / file).read_text()
    ordered = sorted(spans)
    for (_, end), (start, _) in zip(ordered, ordered[1:]):
        if start < end:
            sys.exit(f"Two mutants overlap in {file}: '{source[start:end]}'.")
    for (start, end), mutants in sorted(spans.items(), reverse=True):
        switched = "".join(f"OccupationalHealth.Mutant.Is({n}) ? ({instead}) : " for n, instead in mutants)
        source = f"{source[:start]}({switched}({source[start:end]})){source[end:]}"
    (folder / file).write_text(source)
def exchange(file, text, instead):
    source = file.read_text()
    if source.count(text) != 1:
        sys.exit(f"'{text}' stands {source.count(text)} times in {file.name}: mutants of the rules would change nothing.")
    file.write_text(source.replace(text, instead))

exchange(folder.parent / "RuleFiles.cs", "return Read<T>(file);",
    'return Read<T>(name == "placement-rules.json" ? OccupationalHealth.Mutant.Of(file) : file);')
exchange(folder / "PlacementRules.cs",
    "Lazy<RulesFile> Shipped = new(() =>", "OccupationalHealth.Mutant.Cache<RulesFile> Shipped = new(() =>")
# The rules kept for the day would be those of the mutant before.
exchange(folder / "PlacementRules.cs",
    "rules.date == date ?", "rules.date == date && OccupationalHealth.Mutant.Number < 0 ?")
exchange(root / "tests/OccupationalHealth.Tests/Placement/Given.cs",
    "static readonly PlacementRules Rules = Pl", "static PlacementRules Rules => Pl")
(folder / "Mutant.cs").write_text("""namespace OccupationalHealth;
internal static class Mutant
{
    public static int Number;
    public static string From = "", To = "";
    public static bool Is(int number) => Number == number;
    public static Stream Of(Stream rules)
    {
        if (From.Length == 0) return rules;
        var text = new StreamReader(rules).ReadToEnd();
        var at = text.LastIndexOf(From, StringComparison.Ordinal);
        return new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text[..at] + To + text[(at + From.Length)..]));
    }
    public sealed class Cache<T>(Func<T> read)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<int, T> values = new();
        public T Value => values.GetOrAdd(Number, _ => read());
    }
}
""")
# Runs the placement tests once for each mutant, in one process, until the first that fails.
(root / "tests/OccupationalHealth.Tests/MutantRun.cs").write_text("""using System.Reflection;
using Xunit.Sdk;
namespace OccupationalHealth.Tests;
public sealed class MutantRun
{
    [Fact]
    public void Run()
    {
        using var log = new StreamWriter(Environment.GetEnvironmentVariable("OMH_MUTANT_LOG")!) { AutoFlush = true };
        var slice = Environment.GetEnvironmentVariable("OMH_MUTANT_SLICE")!.Split('-').Select(int.Parse).ToArray();
        log.WriteLine($"0\t{FirstFailure() ?? ""}");
        foreach (var row in File.ReadLines(Environment.GetEnvironmentVariable("OMH_MUTANTS")!).Select(l => l.Split('\t')))
        {
            Mutant.Number = int.Parse(row[0]);
            (Mutant.From, Mutant.To) = row[1].EndsWith(".json") ? (row[2], row[3]) : ("", "");
            if (Mutant.Number < slice[0] || Mutant.Number > slice[1]) continue;
            log.WriteLine($"{row[0]}\t{FirstFailure() ?? ""}");
        }
    }

    // The table of cases first, what is drawn at random last.
    private static string? FirstFailure()
    {
        var tests = from type in typeof(MutantRun).Assembly.GetTypes()
                    where type.Namespace == "OccupationalHealth.Tests.Placement"
                    from method in type.GetMethods()
                    where method.GetCustomAttribute<FactAttribute>() is not null
                    orderby type.Name == "PlacementProperties", type.Name != "PlacementCaseTests", type.Name
                    select (type, method);
        foreach (var (type, method) in tests)
            foreach (var row in method.GetCustomAttributes<DataAttribute>().SelectMany(d => d.GetData(method))
                .DefaultIfEmpty([]))
                try { method.Invoke(Activator.CreateInstance(type), row); }
                catch (TargetInvocationException)
                {
                    return $"{type.Name}.{method.Name} {(row is [Placement.PlacementCase @case] ? @case.Number : "")}";
                }
        return null;
    }
}
""")
(root / "mutants.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in table))
PYTHON

repository="$PWD"
cd "$scratch"
dotnet build tests/OccupationalHealth.Tests -v quiet -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false \
    -p:EnforceCodeStyleInBuild=false | grep -E 'error|rror\(s\)' | sort -u || true
export OMH_MUTANTS="$scratch/mutants.tsv" OMH_MUTANT_LOG="$scratch/mutants.log" OMH_MUTANT_SLICE="$slice"
dotnet test tests/OccupationalHealth.Tests --no-build --filter 'FullyQualifiedName~MutantRun' > run.log 2>&1 \
    || { tail -n 30 run.log; exit 1; }

python3 - "$record" "$(date -u +%F)" "$(git -C "$repository" rev-parse --short HEAD)" <<'PYTHON'
import sys
record, date, commit = sys.argv[1:]
mutants = {row[0]: row for row in (line.rstrip("\n").split("\t") for line in open("mutants.tsv"))}
results = [line.rstrip("\n").split("\t") for line in open("mutants.log")]
if results[0] != ["0", ""]:
    sys.exit(f"Without a mutant a test fails: {results[0][1]}")
survivors = [mutants[number] for number, failure in results[1:] if not failure]
lines = [f"\n## Placement, {date}, {commit}\n",
    f"Mutants {results[1][0]} to {results[-1][0]}: {len(results) - 1 - len(survivors)} caught, {len(survivors)} survived.\n",
    "| Mutant | File | Instead of | Stands | First caught by |", "|---|---|---|---|---|"]
for number, failure in results[1:]:
    _, file, text, instead = (cell.replace("|", "\\|") for cell in mutants[number])
    lines.append(f"| {number} | {file} | `{text}` | `{instead}` | {failure or '**survived**'} |")
with open(record, "a") as file:
    file.write("\n".join(lines) + "\n")
for row in survivors:
    print("survived:", *row)
print(lines[1].strip())
sys.exit(1 if survivors else 0)
PYTHON
