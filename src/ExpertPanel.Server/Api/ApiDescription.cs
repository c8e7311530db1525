using System.Text.Json.Nodes;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ExpertPanel.Server.Api;

/// <summary>The OpenAPI document: what the framework sees of the endpoints, and for each command a schema from its own description.</summary>
internal static class ApiDescription
{
    private const string Token = "token";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(ApiSetup.Root.TrimStart('/'), StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "ExpertPanel", Version = "v1", Description = "省政府法制机构涉法事务、合法性审查、专家咨询。命令与页面相同，规则只有一处。 / The same commands and lists as the pages." };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "页面“令牌”处生成 / made at the pages under Tokens" };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<CommandBody>().LastOrDefault() is not { } body) return Task.CompletedTask;
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = CommandReader.Fields(body.Type).Any(f => !f.Says.Optional),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = CommandSchema.Of(body.Type) } },
            };
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = CommandRunner.KeyHeader,
                In = ParameterLocation.Header,
                Description = "同一键只办一次 / the same key acts once",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 100 },
            });
            return Task.CompletedTask;
        });
    }
}

/// <summary>A command's schema: names, what is expected, which choices there are.</summary>
internal static class CommandSchema
{
    public static OpenApiSchema Of(Type type)
    {
        var fields = CommandReader.Fields(type).ToList();
        return new()
        {
            Type = JsonSchemaType.Object,
            Properties = fields.ToDictionary(f => Camel(f.Parameter.Name ?? ""), f => Described(f.Parameter.ParameterType, f.Says), StringComparer.Ordinal),
            Required = fields.Where(f => !f.Says.Optional).Select(f => Camel(f.Parameter.Name ?? "")).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static IOpenApiSchema Described(Type type, FieldAttribute says)
    {
        var schema = Plain(Nullable.GetUnderlyingType(type) ?? type, says);
        schema.Description = string.Join(" ", new[] { $"{says.Zh} / {says.En}", says.HintZh, says.HintEn }.Where(t => t is not null));
        return schema;
    }

    private static OpenApiSchema Plain(Type type, FieldAttribute says) => type switch
    {
        _ when type == typeof(string) => new() { Type = JsonSchemaType.String, MaxLength = says.Most, Format = says.Kind == FieldKind.Email ? "email" : null },
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(Guid) => new() { Type = JsonSchemaType.String, Format = "uuid" },
        _ when type == typeof(DateOnly) => new() { Type = JsonSchemaType.String, Format = "date" },
        _ when type == typeof(DateTimeOffset) => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type == typeof(Person) => new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "GET /api/v1/people" } },
            Required = new HashSet<string>(StringComparer.Ordinal) { "id" },
        },
        { IsEnum: true } => new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)JsonValue.Create(Camel(n)))] },
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => new() { Type = JsonSchemaType.Array, Items = Plain(type.GetGenericArguments()[0], says) },
        _ => Of(type),
    };

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
