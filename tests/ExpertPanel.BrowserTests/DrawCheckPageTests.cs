using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExpertPanel.Tests.Workflows.Draw.Reference;
using ExpertPanel.Workflows.Draw;
using Microsoft.Playwright;
using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>The page with which anybody checks a draw, in Chromium: against the reference suite, from a disk and as the program serves it.</summary>
[Collection("one browser at a time")]
public sealed partial class DrawCheckPageTests(Office office, ITestOutputHelper output) : IClassFixture<Office>
{
    private const string Bytes = "const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));";
    private const string Named = "const named = file => { const { problems, differs } = verify(file); return problems[0]?.path ?? differs?.path ?? ''; };";

    private static readonly string OnDisk = new Uri(Path.Combine(Repository.Root, "src", "ExpertPanel.Server", "wwwroot", "verify", "draw.html")).AbsoluteUri;

    [Fact]
    public async Task Every_draw_of_the_reference_suite_verifies_in_the_page()
    {
        await using var desks = office.Open(script: true);
        var page = await OpenAsync(desks, OnDisk);
        var watch = Stopwatch.StartNew();
        var verified = 0;
        foreach (var some in ReferenceSuite.Transcripts().Chunk(50))
        {
            var named = await page.EvaluateAsync<string[]>($"files => {{ {Bytes} {Named} return files.map(file => named(bytes(file))); }}", some.Select(file => Convert.ToBase64String(file)).ToArray());
            Assert.All(named, one => Assert.Equal("", one));
            verified += named.Length;
        }

        Report($"{verified} of {ReferenceSuite.Draws} draws verified in the page, {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(ReferenceSuite.Draws, verified);
    }

    [Fact]
    public async Task Of_10_000_changed_transcripts_the_page_refuses_10_000_and_names_the_same_field_as_the_program()
    {
        await using var desks = office.Open(script: true);
        var page = await OpenAsync(desks, OnDisk);
        var originals = ReferenceSuite.Originals();
        var (changes, formAlone) = ReferenceSuite.ChangesTo(originals);
        await page.EvaluateAsync($"files => {{ {Bytes} window.originals = files.map(bytes); }}", originals.Select(file => Convert.ToBase64String(file)).ToArray());

        var watch = Stopwatch.StartNew();
        var refused = 0;
        List<string> apart = [];
        foreach (var some in changes.Concat(formAlone).Chunk(500))
        {
            var named = await NamedAsync(page, some);
            foreach (var (one, inPage) in some.Zip(named))
            {
                var inProgram = ReferenceSuite.Named(DrawVerification.Verify(one.Change.Apply(originals[one.Original])));
                refused += inPage.Length > 0 ? 1 : 0;
                if (inPage != inProgram) apart.Add($"{one}: {inProgram}, in the page {inPage}");
            }
        }

        Report($"{refused} of {changes.Count} refused in the page, {apart.Count} named otherwise than by the program, {formAlone.Count} more changed the form alone; {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Empty(apart);
        Assert.Equal(ReferenceSuite.Changes, refused);
    }

    [Fact]
    public async Task What_the_program_finds_wrong_with_an_input_the_page_finds_too()
    {
        await using var desks = office.Open(script: true);
        var page = await OpenAsync(desks, OnDisk);
        foreach (var transcript in FaultyTranscripts.All())
        {
            var result = DrawVerification.Verify(transcript);
            var paths = await page.EvaluateAsync<string[]>("text => { const { problems, differs } = verify(new TextEncoder().encode(text)); return problems.map(one => one.path).concat(differs?.path ?? []); }", transcript);
            var expected = result.Problems.Select(problem => problem.Path).ToList();
            if (result.Differs is { } differs) expected.Add(differs);
            Assert.True(expected.SequenceEqual(paths), $"{string.Join(", ", expected)}; in the page {string.Join(", ", paths)}\n{transcript}");
        }
    }

    [Fact]
    public async Task How_long_a_pool_of_370_takes_the_page_says_itself()
    {
        await using var desks = office.Open(script: true);
        var page = await OpenAsync(desks, OnDisk);
        var transcript = ReferenceDraws.Transcript(4, experts: 370, named: true);
        List<int> took = [];
        for (var check = 0; check < 3; check++)
        {
            await page.EvaluateAsync("document.getElementById('result').replaceChildren()");
            await page.SetInputFilesAsync("#file", new FilePayload { Name = $"draw-{check}.json", MimeType = "application/json", Buffer = transcript });
            await page.AssertShowsAsync("已核验 verified");
            took.Add(int.Parse(Milliseconds().Match(await page.Locator("#result").InnerTextAsync()).Groups["ms"].Value, CultureInfo.InvariantCulture));
        }

        // A figure to compare, not a limit: how busy the machine is decides it too. The page's own waiting is the limit of a hang.
        Report($"a pool of 370 ({transcript.Length / 1024} KB): the page says {took[0]} ms when just opened, then {took[1]} and {took[2]} ms");
    }

    [Fact]
    public async Task Opened_from_a_disk_the_page_says_verified_or_names_the_field_and_asks_nobody()
    {
        await using var desks = office.Open(script: true);
        var page = await desks.StrangerAsync("checker");
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(OnDisk);
        var transcript = ReferenceDraws.Transcript(7, experts: 40, named: true);

        await page.SetInputFilesAsync("#file", new FilePayload { Name = "draw.json", MimeType = "application/json", Buffer = transcript });
        await page.AssertShowsAsync("已核验 verified", "WebCrypto 另行算过，一致", "抽中专家");
        await desks.LookAsync(page, "draw-check");
        await page.GetByText("English").ClickAsync();
        await page.AssertShowsAsync("Verified 已核验", "The order (");

        var tampered = Encoding.UTF8.GetString(transcript).Replace("\"tickets\": ", "\"tickets\": 1", StringComparison.Ordinal);
        await page.FillAsync("#paste", tampered);
        await page.ClickAsync("#check");
        await page.AssertShowsAsync("The first field that differs: order[0].tickets");
        await page.FillAsync("#paste", tampered[..400]);
        await page.ClickAsync("#check");
        await page.AssertShowsAsync("Cannot be checked. The first fault is at input", "what follows is not JSON");

        Assert.All(asked, url => Assert.True(url == OnDisk || url.StartsWith("data:", StringComparison.Ordinal), url));
        desks.AssertNoComplaints();
    }

    [Fact]
    public async Task As_the_program_serves_it_the_page_runs_under_a_policy_of_its_own()
    {
        await using var desks = office.Open(script: true);
        var page = await OpenAsync(desks, "/verify/draw.html");
        await page.FillAsync("#paste", Encoding.UTF8.GetString(ReferenceDraws.Transcript(8, experts: 20, named: false)));
        await page.ClickAsync("#check");
        await page.AssertShowsAsync("已核验 verified", "二者不受哈希保护");
        desks.AssertNoComplaints();
    }

    private static async Task<IPage> OpenAsync(Desks desks, string address)
    {
        var page = await desks.StrangerAsync("checker");
        await page.GotoAsync(address);
        return page;
    }

    private static Task<string[]> NamedAsync(IPage page, IEnumerable<(int Original, TranscriptChange Change)> changes) => page.EvaluateAsync<string[]>(
        $$"""
        changes => { {{Bytes}} {{Named}} return changes.map(change => {
          const [original, start, length, by] = change.split(","), from = window.originals[original];
          return named(Uint8Array.from([...from.subarray(0, +start), ...bytes(by), ...from.subarray(+start + +length)]));
        }); }
        """,
        changes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Original},{one.Change.Start},{one.Change.Length},{Convert.ToBase64String(one.Change.By)}")).ToArray());

    [GeneratedRegex("用时 (?<ms>[0-9]+) 毫秒", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Milliseconds();

    private void Report(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
