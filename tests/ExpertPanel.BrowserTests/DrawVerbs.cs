using Xunit;

namespace ExpertPanel.BrowserTests;

/// <summary>A seat as the handler asks for it; without a specialty anyone suits.</summary>
internal sealed record SeatWanted(string? Specialty = null, bool Member = false);

/// <summary>How the pages of the draw are driven; nothing else of the tests knows them.</summary>
internal static class DrawVerbs
{
    /// <summary>审查 → 抽取 → 发函: the handler prepares three seats, secretariat and auditor commit and reveal; the matter stands at 专家意见.</summary>
    public static async Task DrawPanelAsync(this Desks desks, string number, params IReadOnlyList<SeatWanted> seats)
    {
        Assert.Equal(3, seats.Count);
        var handler = await desks.OfAsync("handler1");
        await handler.OpenCommandAsync(number, "准备抽取专家");
        await desks.LookAsync(handler, "command-form");
        List<(string Field, string Value)> fields = [("Questions", Samples.Question)];
        for (var i = 0; i < seats.Count; i++)
        {
            fields.Add(($"Seats[{i}].__used", "true"));
            if (seats[i].Specialty is { } specialty) fields.Add(($"Seats[{i}].Specialties", specialty));
            if (seats[i].Member) fields.Add(($"Seats[{i}].CommitteeMember", "true"));
        }

        // The seats proposed by the matter's type are not what is wanted here.
        var ticked = handler.Locator("form.command [name^='Seats']:checked");
        while (await ticked.CountAsync() > 0) await ticked.First.UncheckAsync();
        await handler.FillInAsync(fields);
        await handler.SendAsync();
        await handler.AssertDoneAsync("准备抽取专家");
        await handler.AssertShowsAsync("等待秘书处：交存随机值");
        await desks.LookAsync(handler, "draw-awaited");
        await handler.OpenMatterAsync(number);
        await handler.AssertStageAsync("抽取专家");

        var secretariat = await desks.OfAsync("secretariat");
        await secretariat.CommitValueAsync(number);
        await desks.LookAsync(secretariat, "draw-committed");
        var auditor = await desks.OfAsync("audit-admin");
        await auditor.CommitValueAsync(number);
        await auditor.RevealValueAsync(number);
        await desks.LookAsync(auditor, "draw-revealed");
        await secretariat.RevealValueAsync(number);
        await secretariat.AssertShowsAsync("已于");
        await desks.LookAsync(secretariat, "draw-result");
        await secretariat.OpenMatterAsync(number);
        await secretariat.AssertStageAsync("专家意见");
        await secretariat.AssertShowsAsync("示例专家");
    }
}
