using System.Globalization;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Routes;
using Microsoft.Extensions.Localization;

namespace ExpertPanel.Server.Resources;

/// <summary>The words of the domain, its dates and its answers, in the reader's language.</summary>
public sealed class Words(IStringLocalizer<Texts> texts)
{
    public const string Nothing = "—";

    public static bool InEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>A text of the resources by key.</summary>
    public string this[string key] => texts[key];

    public string this[string key, params object[] arguments] => texts[key, arguments];

    /// <summary>The same, or nothing when there is no such text.</summary>
    public string? Find(string key) => texts[key] is { ResourceNotFound: false } found ? found.Value : null;

    public string Of(Enum value) => texts[KeyOf(value)];

    /// <summary>The word for an enum's value as a row keeps it.</summary>
    public string Of<TEnum>(string? stored) where TEnum : struct, Enum => Enum.TryParse<TEnum>(stored, out var value) ? Of(value) : stored ?? Nothing;

    public static string KeyOf(Enum value) => $"Enum.{value.GetType().Name}.{value}";

    public static string Of(Label label) => InEnglish ? label.En : label.Zh;

    /// <summary>What a command is called, such as 受理.</summary>
    public static string Command(string name) => MatterCommands.Called(name) is var called && InEnglish ? called.En : called.Zh;

    public static string Label(FieldAttribute field) => InEnglish ? field.En : field.Zh;

    public static string? Hint(FieldAttribute field) => InEnglish ? field.HintEn : field.HintZh;

    public static string Problem(FieldProblem problem) => InEnglish ? problem.En : problem.Zh;

    /// <summary>Why the rule says no. English has the general sentence of the code, Chinese the rule's own.</summary>
    public string Refusal(Refusal refusal) =>
        InEnglish && texts["Refusal." + refusal.Code] is { ResourceNotFound: false } english ? english.Value : refusal.Message;

    /// <summary>Whence somebody acted, such as <c>web 10.0.0.7</c>: its first word in the reader's language.</summary>
    public string Origin(string stored)
    {
        var channel = stored.Split(' ')[0];
        return Find("Origin." + channel) is { } known ? known + stored[channel.Length..] : stored;
    }

    /// <summary>2015年4月20日, 20 Apr 2015.</summary>
    public static string Day(DateOnly? day) => day is not { } d ? Nothing
        : InEnglish ? d.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : d.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>The day in Beijing.</summary>
    public static string Day(DateTimeOffset? moment) => Day(moment is { } m ? ChinaTime.LocalDate(m) : null);

    /// <summary>Beijing time to the minute.</summary>
    public static string Moment(DateTimeOffset? moment) => moment is not { } m ? Nothing
        : $"{Day(moment)} {m.ToOffset(ChinaTime.Offset).ToString("HH:mm", CultureInfo.InvariantCulture)}";
}
