#!/usr/bin/env bash
# Breaks the placement policy in one place after the other and shows that its tests notice each break.
#   tests/mutate.sh RECORD.md [FIRST-LAST]    appends a line for every mutant that survives, and the count
# The mutants stand in tests/placement-mutants.txt, numbered as they come. All are built into one scratch copy, where an
# environment variable turns one of them on, so that there is one build and then a run of the tests for each.
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
rules = folder / "PlacementRules.cs"
rules.write_text(rules.read_text().replace("return Read(file);", "return Read(OccupationalHealth.Mutant.Of(file));"))
(folder / "Mutant.cs").write_text("""namespace OccupationalHealth;
internal static class Mutant
{
    private static readonly string? Number = Environment.GetEnvironmentVariable("OMH_MUTANT");
    private static readonly string? From = Environment.GetEnvironmentVariable("OMH_MUTANT_FROM");
    public static bool Is(int number) => Number == $"{number}";
    public static Stream Of(Stream rules)
    {
        if (From is not { Length: > 0 }) return rules;
        var text = new StreamReader(rules).ReadToEnd();
        var at = text.LastIndexOf(From, StringComparison.Ordinal);
        return new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
            text[..at] + Environment.GetEnvironmentVariable("OMH_MUTANT_TO") + text[(at + From.Length)..]));
    }
}
""")
(root / "mutants.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in table))
PYTHON

cd "$scratch"
dotnet build tests/OccupationalHealth.Tests -v quiet -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false \
    -p:EnforceCodeStyleInBuild=false | grep -E 'error|rror\(s\)' | sort -u || true
dll=$(echo tests/OccupationalHealth.Tests/bin/Debug/*/OccupationalHealth.Tests.dll)
tests() { dotnet vstest "$dll" --TestCaseFilter:'FullyQualifiedName~Tests.Placement' > run.log 2>&1; }
tests || { echo 'Without a mutant the tests fail:'; tail -n 30 run.log; exit 1; }

caught=0 survived=0
lines=''
while IFS=$'\t' read -r number file from to <&3; do
    ((number >= ${slice%-*} && number <= ${slice#*-})) || continue
    if [[ $file == *.json ]]; then export OMH_MUTANT='' OMH_MUTANT_FROM="$from" OMH_MUTANT_TO="$to"
    else export OMH_MUTANT="$number" OMH_MUTANT_FROM='' OMH_MUTANT_TO=''; fi
    if tests; then
        survived=$((survived + 1)); lines+="| $number | \`$file\` | \`${from//|/\\|}\` | \`${to//|/\\|}\` |"$'\n'
        echo "$number SURVIVED $file: $from -> $to"
    else
        # A run that could not start is no catch.
        grep -q 'Failed!\|Failed:\|^Total tests' run.log || { tail -n 20 run.log; exit 1; }
        caught=$((caught + 1)); echo "$number caught by $(grep -c '^  Failed ' run.log) tests"
    fi
done 3< mutants.tsv
{
    printf '\n## %s, %s, mutants %s\n\n%s caught, %s survived.\n' "$(date -u +%F)" \
        "$(git -C "$OLDPWD" rev-parse --short HEAD)" "${slice/9999/$(wc -l < mutants.tsv)}" "$caught" "$survived"
    [[ -z $lines ]] || printf '\n| Mutant | File | Instead of | Stands |\n|---|---|---|---|\n%s' "$lines"
} >> "$record"
((survived == 0))
