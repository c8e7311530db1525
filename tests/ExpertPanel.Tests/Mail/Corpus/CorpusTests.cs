using System.Globalization;
using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Corpus;

/// <summary>The reply alone, and what is none: figures over the whole corpus, and every miss by name.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public void The_corpus_is_wide_enough()
    {
        Assert.InRange(ReplyCorpus.All.Count, 240, int.MaxValue);
        Assert.InRange(ReplyCorpus.All.Count(reply => reply.HoldOut), 60, int.MaxValue);
        var clients = ReplyCorpus.All.GroupBy(reply => reply.Client, StringComparer.Ordinal).ToList();
        Assert.InRange(clients.Count, 30, int.MaxValue);
        Assert.All(clients, client => Assert.InRange(client.Count(), 6, int.MaxValue));
        Assert.InRange(PlainCorpus.Machines().Count(), 60, int.MaxValue);
        Assert.InRange(PlainCorpus.OddOpinions().Count(), 60, int.MaxValue);
    }

    [Fact]
    public async Task Of_the_labelled_replies_98_percent_are_exact_and_no_opinion_loses_a_letter()
    {
        var read = await ReadAsync(ReplyCorpus.All);

        foreach (var client in read.GroupBy(reply => reply.Case.Client, StringComparer.Ordinal))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{client.Count(r => r.IsExact),3} of {client.Count(),3}  {client.Key}"));
        Report(read.Where(r => !r.Case.HoldOut), "written for the rules");
        Report(read.Where(r => r.Case.HoldOut), "held out");
        Assert.DoesNotContain(read, r => r.IsLost);
        Assert.InRange((double)read.Count(r => r.IsExact) / read.Count, 0.98, 1);
        Assert.All(read, r => Assert.Equal(MailVerdict.Count, r.Mail.Verdict));
    }

    [Fact]
    public async Task Every_opinion_survives_every_client()
    {
        var read = await ReadAsync(ReplyCorpus.Everything());

        Report(read, "every opinion in every layout");
        Assert.InRange(read.Count, 10_000, int.MaxValue);
        Assert.DoesNotContain(read, r => r.IsLost);
        Assert.InRange((double)read.Count(r => r.IsExact) / read.Count, 0.98, 1);
    }

    [Fact]
    public async Task No_machine_is_taken_for_an_expert()
    {
        var misses = new List<string>();
        foreach (var (name, expected, raw) in PlainCorpus.Machines())
        {
            var mail = await new MailReader().ReadAsync(raw, ReadMailOptions.Default, Stopping);
            using var json = System.Text.Json.JsonDocument.Parse(mail.ToJson());
            var actual = $"{json.RootElement.GetProperty("kind").GetString()} {json.RootElement.GetProperty("verdict").GetString()} {mail.Reason}";
            Assert.NotEqual(MailVerdict.Count, mail.Verdict);
            if (actual != expected) misses.Add($"{name}: {actual}, not {expected}");
        }

        Assert.Empty(misses);
    }

    [Fact]
    public async Task No_opinion_is_taken_for_a_machine_however_odd()
    {
        var misses = new List<string>();
        foreach (var (name, expected, raw) in PlainCorpus.OddOpinions())
        {
            var mail = await new MailReader().ReadAsync(raw, ReadMailOptions.Default, Stopping);
            if (mail is not { Verdict: MailVerdict.Count, Kind: MailKind.Reply }) misses.Add($"{name}: {mail.Verdict} {mail.Reason}");
            else if (mail.Text != expected) misses.Add($"{name}:\n{mail.Text}\nnot\n{expected}");
        }

        Assert.Empty(misses);
    }

    private static async Task<List<ReadCase>> ReadAsync(IEnumerable<ReplyCase> cases)
    {
        var read = new List<ReadCase>();
        foreach (var reply in cases) read.Add(new(reply, await new MailReader().ReadAsync(reply.Raw, ReadMailOptions.Default, Stopping)));
        return read;
    }

    private void Report(IEnumerable<ReadCase> read, string what)
    {
        var all = read.ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count(r => r.IsExact)} of {all.Count} exact, {all.Count(r => r.IsLost)} with a loss: {what}"));
        foreach (var miss in all.Where(r => !r.IsExact).Take(40)) output.WriteLine($"  not exact: {miss.Case.Client} | {miss.Case.Name}");
    }

    private sealed record ReadCase(ReplyCase Case, ReadMail Mail)
    {
        public bool IsExact => Mail.Text == Case.Expected;

        public bool IsLost => !Letters(Mail.Text).Contains(Letters(Case.Expected), StringComparison.Ordinal);

        private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }
}
