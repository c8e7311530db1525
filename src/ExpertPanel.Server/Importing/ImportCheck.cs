using ExpertPanel.Server.Data;
using ExpertPanel.Server.Experts;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Importing;

/// <summary>A row that may enter the bank.</summary>
public sealed record ImportReady(NewExpert Expert, string? BankNumber);

/// <summary>What an import would do.</summary>
/// <param name="Ready">In the order of the file.</param>
/// <param name="Refused">The rows that stay out, each with its problems.</param>
/// <param name="Duplicates">How many of the refused are in the bank or in the file already.</param>
public sealed record ImportCheck(int Rows, IReadOnlyList<ImportReady> Ready, IReadOnlyList<(ImportRecord Row, IReadOnlyList<ImportProblem> Problems)> Refused, int Duplicates)
{
    /// <summary>Reads the whole file against the bank; nothing is written.</summary>
    /// <param name="progress">Told the number of rows read.</param>
    /// <exception cref="ImportFileException">The file can't be read to its end.</exception>
    public static async Task<ImportCheck> RunAsync(PanelDb db, byte[] content, ImportColumns columns, ImportOrder order, IReadOnlyDictionary<string, string> specialties, Action<int>? progress, CancellationToken ct)
    {
        var bank = await KnownCards.OfAsync(db, ct);
        var reader = new ImportedExpert(columns, order, specialties);
        var (ready, refused, rows, duplicates) = (new List<ImportReady>(), new List<(ImportRecord, IReadOnlyList<ImportProblem>)>(), 0, 0);
        foreach (var row in ImportTable.Read(content).Where(r => r.Number > columns.HeaderRow && !r.IsBlank))
        {
            ct.ThrowIfCancellationRequested();
            if (++rows % 500 == 0) progress?.Invoke(rows);
            var problems = new List<ImportProblem>();
            var (expert, number) = reader.Read(row, problems);
            if (expert is not null && bank.Taken(expert, number) is { } same)
            {
                problems.Add(new(row.Number, "", same.Zh, same.En));
                duplicates++;
            }

            if (problems.Count > 0 || expert is null) refused.Add((row, problems));
            else
            {
                bank.Add(expert, number, row.Number);
                ready.Add(new(expert, number));
            }
        }

        return new(rows, ready, refused, duplicates);
    }

    /// <summary>Whom the bank and the rows before have: one address, one mobile, one name at one employer is one person.</summary>
    private sealed class KnownCards
    {
        private readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> mobiles = new(StringComparer.Ordinal);
        private readonly Dictionary<(string, string), string> people = [];
        private readonly Dictionary<string, string> numbers = new(StringComparer.Ordinal);

        public static async Task<KnownCards> OfAsync(PanelDb db, CancellationToken ct)
        {
            var known = new KnownCards();
            foreach (var card in await db.Experts.AsNoTracking().Select(e => new { e.BankNumber, e.Name, e.Employer, e.Mobile }).ToListAsync(ct))
            {
                known.numbers[card.BankNumber] = card.BankNumber;
                known.people[(card.Name, card.Employer)] = card.BankNumber;
                if (card.Mobile.Length > 0) known.mobiles[card.Mobile] = card.BankNumber;
            }

            var cards = await db.ExpertAddresses.AsNoTracking().Join(db.Experts, a => a.ExpertId, e => e.Id, (a, e) => new { a.Address, e.BankNumber }).ToListAsync(ct);
            foreach (var card in cards) known.addresses[card.Address] = card.BankNumber;
            return known;
        }

        public (string Zh, string En)? Taken(NewExpert expert, string? number) =>
            addresses.TryGetValue(expert.Address, out var at) ? ($"邮箱与{at}相同。", $"The address is that of {at}.")
            : expert.Mobile is { Length: > 0 } mobile && mobiles.TryGetValue(mobile, out at) ? ($"手机与{at}相同。", $"The mobile is that of {at}.")
            : people.TryGetValue((expert.Name, expert.Employer), out at) ? ($"姓名和单位与{at}相同。", $"Name and employer are those of {at}.")
            : number is not null && numbers.TryGetValue(number, out at) ? ($"编号与{at}相同。", $"The number is that of {at}.")
            : null;

        public void Add(NewExpert expert, string? number, int row)
        {
            var at = number ?? $"第{row}行";
            addresses[expert.Address] = at;
            if (expert.Mobile is { Length: > 0 } mobile) mobiles[mobile] = at;
            people[(expert.Name, expert.Employer)] = at;
            if (number is not null) numbers[number] = at;
        }
    }
}
