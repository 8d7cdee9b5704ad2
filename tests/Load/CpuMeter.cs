namespace Load;

/// <summary>The processor time of whole families of processes: what a journey costs, wherever it is spent.</summary>
/// <param name="roots">The first process of each family, by the name that figures give it.</param>
internal sealed class CpuMeter(IReadOnlyDictionary<string, int> roots)
{
    private const int Parent = 1, FirstTime = 11, Times = 4;
    private static readonly double TicksPerSecond = 100;

    /// <summary>Seconds of processor time that each family has used so far, those of its ended children included.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        var all = Processes();
        var children = all.ToLookup(process => process.Value.Parent, process => process.Key);
        // A family ends where another begins.
        double Sum(int id) => (all.TryGetValue(id, out var process) ? process.Seconds : 0)
            + children[id].Where(child => !roots.Values.Contains(child)).Sum(Sum);
        return roots.ToDictionary(root => root.Key, root => Sum(root.Value));
    }

    private static Dictionary<int, (int Parent, double Seconds)> Processes()
    {
        var found = new Dictionary<int, (int, double)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                // The name stands in brackets and may hold spaces: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
                var fields = File.ReadAllText(Path.Combine(folder, "stat"));
                var rest = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
                var ticks = rest.AsSpan(FirstTime, Times).ToArray().Sum(Number);
                found[id] = ((int)Number(rest[Parent]), ticks / TicksPerSecond);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    private static double Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
