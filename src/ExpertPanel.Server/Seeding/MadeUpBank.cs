using System.Globalization;
using ExpertPanel.Server.Data;

namespace ExpertPanel.Server.Seeding;

/// <summary>Visibly made-up experts: the demo's 370 from the seed file, and as many more like them as a simulation asks for.</summary>
public static class MadeUpBank
{
    /// <param name="today">The terms are moved by whole years so that they hold on this day.</param>
    public static IEnumerable<ExpertRow> Of(SeedFiles seeds, int count, int seats, DateOnly today)
    {
        var rows = seeds.DemoExperts();
        for (var i = 0; i < count; i++)
        {
            var row = rows[i % rows.Count];
            var (number, round) = (i + 1, i / rows.Count);
            var (from, to) = Term(row, today);
            yield return new()
            {
                Id = Guid.CreateVersion7(),
                BankNumber = $"E{number:0000}",
                Name = $"示例专家{number:000}",
                Gender = row["gender"],
                Category = row["category"],
                CivilServant = row["civilServant"] == "true",
                Employer = round == 0 ? row["employer"] : $"{row["employer"]}（{round + 1}）",
                Title = row["title"],
                Mobile = row["mobile"],
                // The file seats 17; another number is filled from its front, in the order of bank numbers.
                CommitteeMember = seats == 17 && round == 0 ? row["committeeMember"] == "true" : i < seats,
                TermFrom = from,
                TermTo = to,
                Specialties = [.. row["specialties"].Split(';')],
                Addresses = [new() { Id = Guid.CreateVersion7(), Address = $"expert{number:000}@example.test", Primary = true }],
            };
        }
    }

    private static (DateOnly From, DateOnly To) Term(IReadOnlyDictionary<string, string> row, DateOnly today)
    {
        var from = DateOnly.ParseExact(row["termFrom"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var to = DateOnly.ParseExact(row["termTo"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var years = 0;
        while (to.AddYears(years) < today.AddYears(1)) years++;
        while (from.AddYears(years) > today) years--;
        return (from.AddYears(years), to.AddYears(years));
    }
}
