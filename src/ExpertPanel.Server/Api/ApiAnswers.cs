using System.Diagnostics;
using System.Text.Json;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Api;

/// <summary>A stretch of a list.</summary>
public sealed record ApiPage<T>(int Total, int Page, int Size, IReadOnlyList<T> Items);

/// <summary>The API's answers when something is wrong, each as problem+json (RFC 9457): a slip is 400, the rule's no 409 or 422, a missing role 403.</summary>
internal static class ApiAnswers
{
    public const int LargestPage = 200;

    /// <summary>What is not there and what one may not see are the same answer; the pipeline writes it.</summary>
    public static IResult NotFound => TypedResults.NotFound();

    public static IResult Slips(IEnumerable<FieldProblem> problems) => Results.ValidationProblem(
        problems.GroupBy(p => FieldPath(p.Field), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(Words.Problem).ToArray(), StringComparer.Ordinal),
        title: Words.InEnglish ? "Some fields need correction." : "有的内容需要更正。", extensions: Traced());

    public static IResult Slip(string field, string zh, string en) => Slips([new(field, zh, en)]);

    public static IResult No(Refusal refusal, Words words)
    {
        var extensions = Traced();
        extensions["code"] = refusal.Code;
        if (refusal.Field is { } field) extensions["field"] = FieldPath(field);
        return Results.Problem(words.Refusal(refusal), statusCode: Status(refusal), extensions: extensions);
    }

    private static int Status(Refusal refusal) => refusal switch
    {
        { Code: "matter.not-found" or "invitation.not-found" or "mail.not-found" } => StatusCodes.Status404NotFound,
        { Code: "role.missing" } => StatusCodes.Status403Forbidden,
        { Field: not null } => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    /// <summary>A field as the body names it: <c>seats[0].specialties</c>.</summary>
    private static string FieldPath(string field) => string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static Dictionary<string, object?> Traced() => new(StringComparer.Ordinal) { ["traceId"] = Activity.Current?.TraceId.ToHexString() };
}
