using ExpertPanel.Workflows.Matters;

namespace ExpertPanel.Workflows.Routes;

/// <summary>Whether the route lets this person run this command in the matter's stage. Checked for every command, whoever calls.</summary>
public static class RouteGuard
{
    public static Refusal? Refuse(Matter matter, MatterCommand command, StepContext at)
    {
        var (route, stage, name) = (at.Route, at.Route.Stage(matter.Stage), command.Name);
        var called = MatterCommands.Called(name).Zh;
        var overlay = route.Anytime.FirstOrDefault(o => o.Run == name && o.In(matter.Stage));
        var by = stage.Commands.FirstOrDefault(c => c.Run == name)?.By ?? overlay?.By;
        if (by is null)
            return new("stage.not-here", stage.Ends
                ? $"该事项已{stage.Name.Zh}，不能再“{called}”。需要更改的，请另行登记并关联本事项。"
                : $"该事项现处于“{stage.Name.Zh}”环节，不能“{called}”。请刷新页面查看当前可办操作。");
        if (matter.Suspension is not null && overlay is not { WhileSuspended: true })
            return new("matter.suspended", $"该事项自 {matter.Suspension.From.ToOffset(Deadlines.ChinaTime.Offset):yyyy年M月d日} 起中止，恢复办理后才能“{called}”。");
        if (!by.Any(at.Actor.Is))
            return new("role.missing", $"您的岗位不能“{called}”；此操作由{string.Join("、", by.Where(r => r != Role.System).Select(RoleNames.Zh))}办理。");
        return null;
    }
}

/// <summary>The officials' names of the roles.</summary>
public static class RoleNames
{
    public static string Zh(Role role) => role switch
    {
        Role.RegistryClerk => "收文员",
        Role.CaseHandler => "承办人",
        Role.DivisionHead => "处长",
        Role.Leader => "办领导",
        Role.DocumentClerk => "文书",
        Role.Secretariat => "秘书处",
        Role.Expert => "专家",
        Role.Sponsor => "送审单位",
        Role.Supervisor => "督查员",
        Role.Archivist => "档案员",
        Role.Statistician => "统计员",
        Role.UpperReader => "上级只读",
        Role.SystemAdministrator => "系统管理员",
        Role.SecurityAdministrator => "安全管理员",
        Role.AuditAdministrator => "审计管理员",
        _ => "系统",
    };
}
